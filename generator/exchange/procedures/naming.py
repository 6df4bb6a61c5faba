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
# Parts that stand after the steps, or before them, and are none: a change log, replies to send, and the rest.
HISTORY, REPLY, ASIDE = "history", "reply", "aside"
OTHERS = {
    HISTORY: "change log|changelog|change history|revision history|version history|document history|revisions|history|"
    "changes|amendment history|amendments|änderungshistorie|änderungsverlauf|änderungsverzeichnis|änderungen|"
    "versionshistorie|dokumentenhistorie|historial de cambios|historial de revisiones|control de cambios|historial|"
    "historique|historique des modifications|historique des versions|histórico de alterações|histórico de revisões|"
    "histórico|cronologia delle modifiche|storico delle modifiche|wijzigingsgeschiedenis|versiegeschiedenis|"
    "変更履歴|改訂履歴|更新履歴",
    REPLY: "template reply|reply template|reply templates|template replies|response template|response templates|"
    "template response|canned response|canned responses|canned reply|canned replies|macro|macros|email template|"
    "e-mail template|message template|sample reply|sample response|suggested reply|suggested response|reply|replies|"
    "antwortvorlage|antwortvorlagen|textbaustein|textbausteine|musterantwort|plantilla de respuesta|respuesta tipo|"
    "modèle de réponse|réponse type|modelo de resposta|resposta padrão|modello di risposta|antwoordsjabloon|"
    "standaardantwoord|返信テンプレート|返信文|回答例|返信例",
    ASIDE: "faq|faqs|frequently asked questions|questions and answers|q&a|questions|references|reference|related|"
    "related documents|related links|related procedures|see also|further reading|links|resources|contact|contacts|"
    "contact us|key contacts|appendix|appendices|annex|attachments|glossary|definitions|approval|approvals|sign-off|"
    "document control|distribution|häufige fragen|fragen und antworten|verweise|quellen|weiterführende links|"
    "mitgeltende dokumente|kontakt|kontakte|ansprechpartner|anhang|anlagen|glossar|begriffe|freigabe|"
    "preguntas frecuentes|referencias|documentos relacionados|contacto|contactos|anexo|anexos|glosario|"
    "questions fréquentes|foire aux questions|références|documents associés|documents liés|annexe|annexes|glossaire|"
    "perguntas frequentes|referências|contato|contatos|contatti|domande frequenti|riferimenti|allegati|"
    "veelgestelde vragen|verwijzingen|contactpersonen|bijlage|bijlagen|"
    "よくある質問|参考資料|参照|関連文書|関連資料|連絡先|問い合わせ先|付録|別紙|用語集",
}
NO_STEPS = {name: kind for kind, names in OTHERS.items() for name in names.split("|")}
APPENDIX = re.compile(r"(?:appendix|annex|anhang|anlage|anexo|annexe|allegato|bijlage|付録|別紙)\s*[\w.]{1,3}\b.*")
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
    plain = _trim_heading(heading)
    return FIELDS.get(plain) or FIELDS.get(EDGES.sub("", plain).strip(), "")


def kind_of_part(heading: str) -> str:
    """Which part that is no step a heading names: HISTORY, REPLY or ASIDE; empty if it names none."""
    plain = _trim_heading(heading)
    kind = NO_STEPS.get(plain) or NO_STEPS.get(EDGES.sub("", plain).strip(), "")
    return kind or (ASIDE if APPENDIX.fullmatch(plain) else "")


def _trim_heading(heading: str) -> str:
    """A heading in small letters, without its number and the signs at its end."""
    return EDGES.sub("", f" {heading}".casefold().replace("’", "'")).strip()


def key_of(name: str) -> str:
    """The key of an SOP that a name in the head of a document means; empty if it means none."""
    return META.get(" ".join(name.casefold().replace("-", " ").split()).strip(" :*"), "")
