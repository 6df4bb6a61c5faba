"""Which part of an SOP a heading of somebody else's procedure stands for."""

from __future__ import annotations

import re

STEPS = "steps"
HEADINGS = {
    STEPS: "steps|the steps|procedure|procedures|instructions|process|process steps|procedure steps|step by step|"
    "step-by-step|step by step instructions|workflow|what to do|method|actions|how to do it|tasks|detailed steps",
    "summary": "summary|overview|purpose|objective|objectives|about this procedure|about this document|introduction|"
    "description|goal|purpose and scope|at a glance|abstract",
    "trigger": "trigger|triggers|when to use|when to use this|when to use this procedure|use this when|"
    "when this applies|applies to|applicability|scope|when|use when|when to use this sop",
    "not_when": "when not to use|when not to use this|do not use|do not use when|out of scope|not in scope|exclusions|"
    "does not apply|when this does not apply|do not use this when",
    "prerequisites": "prerequisites|prerequisite|before you begin|before you start|requirements|what you need|you need|"
    "preconditions|you will need|what you will need|required access|access required|preparation|tools and access",
    "otherwise": "otherwise|if nothing fits|anything else|if something else happens|if this does not work|exceptions|"
    "if the steps do not fit|fallback",
    "never": "never|never do|don'ts|do nots|what not to do|do not|don't",
    "symptoms": "symptoms|signs|signals|how to recognise it|how to recognize it|you see",
    "escalation": "escalation|escalate|escalations|when to escalate|escalation criteria|escalate when|escalate if",
    "aliases": "also known as|other names|aliases",
}
ABROAD = {  # the same in German, Spanish, French, Portuguese, Italian, Dutch and Japanese
    STEPS: "ablauf|vorgehen|vorgehensweise|schritte|anleitung|durchführung|verfahren|pasos|procedimiento|instrucciones|"
    "étapes|procédure|marche à suivre|instructions|passos|procedimento|passaggi|procedura|stappen|werkwijze|手順|"
    "作業手順|対応手順|実施手順",
    "summary": "zweck|ziel|überblick|zusammenfassung|kurzbeschreibung|einleitung|objetivo|propósito|resumen|finalidad|"
    "objectif|objet|résumé|but|resumo|scopo|sommario|obiettivo|doel|samenvatting|目的|概要|はじめに",
    "trigger": "auslöser|geltungsbereich|anwendungsbereich|anwendung|wann anwenden|alcance|ámbito|cuándo usar|"
    "cuándo aplicar|champ d'application|périmètre|quand l'utiliser|âmbito|escopo|quando usar|ambito|toepassing|"
    "適用範囲|対象|対象範囲|適用条件",
    "not_when": "nicht anwenden|gilt nicht für|ausnahmen vom geltungsbereich|no usar|fuera de alcance|hors périmètre|"
    "fora do escopo|対象外|適用除外",
    "prerequisites": "voraussetzungen|vorbereitung|vorbedingungen|requisitos|requisitos previos|antes de empezar|"
    "préparation|prérequis|pré-requis|conditions préalables|pré-requisitos|requisiti|prerequisiti|vereisten|"
    "前提条件|前提|事前準備|準備",
    "otherwise": "sonst|andernfalls|sonderfälle|ausnahmen|en otro caso|excepciones|sinon|autrement|caso contrário|"
    "exceções|altrimenti|eccezioni|anders|例外|その他の場合",
    "never": "niemals|nie|verboten|auf keinen fall|nunca|no hacer|jamais|ne jamais|à ne pas faire|não fazer|mai|nooit|"
    "禁止事項|してはいけないこと",
    "symptoms": "symptome|anzeichen|síntomas|señales|symptômes|signes|sintomas|sinais|sintomi|segni|symptomen|"
    "症状|兆候",
    "escalation": "eskalation|eskalieren|escalado|escalamiento|escalación|escalade|escalonamento|escalação|"
    "エスカレーション",
    "aliases": "auch bekannt als|también conocido como|aussi appelé|também conhecido como|別名",
}
FIELDS = {name: field for table in (ABROAD, HEADINGS) for field, names in table.items() for name in names.split("|")}
EDGES = re.compile(r"^(?:section\s+)?[\dIVXivx.]*[.)]?\s+|[\s:.…]+$")
LISTS = ("not_when", "prerequisites", "never")
WORDS = ("symptoms", "aliases")  # lists of words, each on one line

# What the head of a document says about it: `Owner: Support`, or a row of a table. `dated` is the day of the text,
# which need not be that of a review: the history tells it.
KEYS = {
    "owner": "owner|document owner|process owner|owned by|team|responsible team|department",
    "version": "version|playbook version|document version|revision|rev",
    "reviewed": "reviewed|last reviewed|last review|review date|reviewed on|date reviewed|date of last review|"
    "date of review|last_reviewed",
    "dated": "last updated|updated|effective date|effective|date|last modified|last_updated|last changed|date issued",
    "review_by": "review by|next review|next review date|review due|due for review|review_by|next_review",
    "audience": "audience",
    "queue": "queue",
    "severity": "severity|priority",
    "title": "title|document title|procedure title|sop title|procedure name",
    "summary": "summary|description|intro|subject|abstract",
    "aliases": "aliases|keywords|tags|also known as",
    "symptoms": "symptoms",
}
KEYS_ABROAD = {
    "owner": "eigentümer|verantwortlich|zuständig|responsable|propietario|propriétaire|responsável|担当|責任者|所管",
    "version": "versión|versão|versione|versie|fassung|版|バージョン",
    "reviewed": "letzte überprüfung|geprüft am|última revisión|dernière révision|última revisão|ultima revisione",
    "dated": "stand|datum|letzte änderung|fecha|date de révision|data|改訂日|更新日|最終更新日",
    "review_by": "nächste überprüfung|próxima revisión|prochaine révision|próxima revisão|次回見直し",
    "title": "titel|título|titre|titolo|タイトル|件名|文書名",
}
META = {name: key for table in (KEYS_ABROAD, KEYS) for key, names in table.items() for name in names.split("|")}


def field_of(heading: str) -> str:
    """The field that a heading names, `steps` for that of the steps; empty if it names none."""
    plain = EDGES.sub("", f" {heading}".casefold().replace("’", "'")).strip()
    return FIELDS.get(plain) or FIELDS.get(EDGES.sub("", plain).strip(), "")


def key_of(name: str) -> str:
    """The key of an SOP that a name in the head of a document means; empty if it means none."""
    return META.get(" ".join(name.casefold().replace("-", " ").split()).strip(" :*"), "")
