/* What the search takes for the same word: one folding, one stem and one list of small words for each language. */

/**
 * @typedef {object} SearchWord
 * @property {string} text as it was folded
 * @property {number} from where it begins in the text, in UTF-16 units
 * @property {number} to where it ends
 * @property {number} at its number in the text; a sentence's end counts as several words
 * @property {string[]} pieces what a compound is made of: "e-mail" of "e" and "mail"; empty for a simple word
 */

/**
 * @typedef {object} SearchWords
 * @property {(text: string) => string} fold without case, accents, widths and invisible characters
 * @property {(text: string) => SearchWord[]} split
 * @property {(text: string) => string} key what two texts share that are the same but for case, signs and spaces
 * @property {(word: string, language: string) => string} stem
 * @property {(text: string, language: string) => string[]} terms what the index has of a text, in its order, without small words
 * @property {(word: string, language: string) => boolean} isSmall whether it says nothing by itself: "the", "and"
 * @property {(word: string, language: string) => boolean} isFaint whether it tells little of a case: "today", "people"
 * @property {Map<string, string>} irregular English forms that share too little with their stem, which is the value
 * @property {(words: SearchWord[], languages: string[]) => string} language the one that most of the small words are of
 * @property {(one: string, other: string, most: number) => number} slips between two words; more than `most` if there are more
 */

(() => {
  "use strict";

  /** @type {Record<string, string>} */
  const SMALL = {
    en: `a about after again all also am an and any are as at be been before being but by can could did do does
      doing done for from get gets getting go goes going got had has have having he her here hers him his how i if in into
      is it its just let like made make me more most much my myself no not now of off on one only or other our out over
      own please really she should so some someone somebody such than that the their them then there these they thing things this
      those through to too up us very want wants was we were what when where which while who whom whose why will with
      would you your yours im ive id dont doesnt didnt cant cannot wont isnt arent wasnt havent hasnt youre theyre thats
      hi hello dear thanks thank help need`,
    es: `a al algo alguien como con cual cuando de del desde donde el ella ellas ellos en entre era es esa ese eso
      esta estaba este esto estoy fue ha hace han hasta hay he la las le les lo los mas me mi mis muy ni no nos o para
      pero por porque pues que quien quiero se ser si sin sobre son soy su sus tambien te tengo ti tiene tienen nuestro nuestra les esos esas estos estas habia todo tu tus un
      una uno unos y ya yo hola gracias favor puedo necesito`,
    de: `ab aber als am an auch auf aus bei bin bis bitte da dann das dass dein dem den der des die dies diese dieser
      dieses doch du durch ein eine einem einen einer eines er es etwas fur hab habe haben hat ich ihm ihn ihnen ihr ihre
      im in ist ja jemand kann kein keine konnen man mein meine meinem meinen meiner mich mir mit nach nicht noch nun nur
      ob oder schon sehr sein seine seinem seinen seiner seines ihrem ihren ihrer ihres deinem deinen deiner euer eure unsere unseren
      unserer unserem welche welcher damit deshalb bereits also wurden worden hatte hatten waren sich sie sind so uber um und uns unser vom von vor war waren was weil wenn wer werden wie
      wieder will wir wird wurde zu zum zur hallo danke`,
    pt: `a ao aos as com como da das de do dos e ela elas ele eles em entre era essa esse esta este eu foi ha isso isto
      ja la lhe mais mas me meu meus minha minhas muito na nao nas nem no nos o os ou para pela pelo por porque quando que
      quem quero sao se sem ser seu nosso nossa seus sua suas tambem te tem tenho um uma voce voces ola obrigado obrigada favor preciso`,
    fr: `a ai ais au aux avec c ce ces cet cette d dans de des du elle elles en est et eu il ils j je l la le les leur
      lui m ma mais me mes moi mon n ne nos notre nous on ont ou par pas plus pour qu que qui s sa se ses si son sont sur
      t ta te tes toi ton tu un une vos votre vous bonjour merci`,
  };

  /* Words of every story: they say a little, and never by themselves what the case is. */
  /** @type {Record<string, string>} */
  const FAINT = {
    en: `able add ago allow already always answer anymore anything anyone away back bad become begin believe best better between big both bring
      call came care change come day days different each else end enough even ever every everybody everyone everything explain
      feel few find first follow full give good great guy happen hard hear hold hour hours idea inside keep kind know
      last late later lead leave left less letter little live long look lot main man mean meet message minute month months morning move
      name near never new next night nobody nothing number old once open other part people person place plan point
      possible problem put question read real reason right run said same say second see seem send set several show
      since small sorry soon start state stay still stop sure take talk tell think thought three time times today
      together told tomorrow tonight try turn two understand until use wait way week weeks well word work world worse write wrong year years yes
      yesterday yet ask five four one six ten side stand since although half girl boy woman ours else ones`,
    es: `ahora antes ano anos aqui ayer bien cada casa cosa cosas creo cuenta dar decir dia dias dice dicen dijo dos
      estan estar gente hacer hoy ir llevo mal manana mismo momento mucho nada nadie nunca otra otro parte persona poder
      puede puse saber semana sido siempre solo tener tiempo toda todos tres uno va ver vez`,
    de: `alle alles anderen dort einfach erst etwas gehen geht gemacht genau gerade gestern gibt ganz gut heute immer jahr jahre jetzt
      jeder kommen kommt lange machen macht mal mehr monat morgen muss nichts nie sagen sagt sagte sehen seit sollen
      sagen stehen steht tag tage tun viel viele weg wegen weiss woche wochen wollen zeit zwei drei`,
    pt: `agora alguem ano anos antes aqui cada coisa coisas dia dias disse dois duas faz fazer gente hoje ir mal mesmo muito
      nada nunca ontem outra outro pessoa pode poder semana sempre so tempo todo todos tres vai ver vez`,
  };

  /** @type {Map<string, Set<string>>} */
  const small = new Map(Object.entries(SMALL).map(([language, words]) => [language, new Set(words.split(/\s+/))]));

  /** @type {Map<string, Set<string>>} */
  const faint = new Map(Object.entries(FAINT).map(([language, words]) => [language, new Set(words.split(/\s+/))]));

  const LETTERS = new Map("ßss øo æae œoe łl đd ðd þth ıi".split(" ").map((pair) => [pair[0], pair.slice(1)]));

  const PLAIN = /^[\t-\r -~]*$/;

  /** @type {SearchWords["fold"]} */
  const fold = (text) => {
    if (PLAIN.test(text)) {
      return text.toLowerCase();
    }
    const folded = text.normalize("NFKC").toLowerCase().normalize("NFD");
    const bare = folded.replace(/[\u0300-\u036f]|[\ufe00-\ufe0f]|\p{Cf}/gu, "");
    return bare.normalize("NFC").replace(/[ßøæœłđðþı]/g, (letter) => LETTERS.get(letter) ?? letter);
  };

  const RUN =
    /[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}]*(?:['’ʼ`´_\-‐‑][\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}]*)*|[.!?;:。！？]+|\n\s*\n/gu;
  const WITHOUT_SPACES =
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
  const STRETCH = new RegExp(`${WITHOUT_SPACES.source}+|[^]+?(?=${WITHOUT_SPACES.source}|$)`, "gu");
  const PAUSE = 4;

  /* Texts without spaces between words become pairs of characters, which overlap. */
  /** @type {(stretch: string) => string[]} */
  const pairs = (stretch) => {
    const letters = [...stretch];
    return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
  };

  /** @type {SearchWords["split"]} */
  const split = (text) => {
    /** @type {SearchWord[]} */
    const words = [];
    let at = 0;
    for (const found of text.matchAll(RUN)) {
      const [run] = found;
      const from = found.index;
      if (!/[\p{L}\p{N}]/u.test(run)) {
        at += PAUSE;
        continue;
      }
      if (!WITHOUT_SPACES.test(run)) {
        const pieces = fold(run)
          .replace(/['’ʼ`´]/g, "")
          .split(/[_\-‐‑]/);
        words.push({
          text: pieces.join(""),
          from,
          to: from + run.length,
          at: at++,
          pieces: pieces.length > 1 ? pieces : [],
        });
        continue;
      }
      let start = from;
      for (const [stretch] of run.matchAll(STRETCH)) {
        const made = WITHOUT_SPACES.test(stretch)
          ? pairs(fold(stretch))
          : [fold(stretch).replace(/[^\p{L}\p{N}]/gu, "")];
        for (const word of made.filter(Boolean)) {
          words.push({ text: word, from: start, to: start + stretch.length, at: at++, pieces: [] });
        }
        start += stretch.length;
      }
    }
    return words;
  };

  /** @type {SearchWords["key"]} */
  const key = (text) =>
    (
      fold(text)
        .replace(/['’ʼ`´_\-‐‑]/g, "")
        .match(/[\p{L}\p{N}#]+/gu) ?? []
    ).join(" ");

  const IRREGULAR = new Map(
    `bought buy|broke break|broken break|caught catch|children child|chose choose|chosen choose|died die|dying die|dies die
    feet foot|felt feel|forgot forget|forgotten forget|fought fight|froze freeze|frozen freeze|gave give|given give|heard hear|held hold|hid hide|hidden hide
    hung hang|kept keep|left leave|lied lie|lying lie|lost lose|men man|mice mouse|money money|paid pay|people person|ran run
    sent send|shot shoot|sold sell|spent spend|spoke speak|spoken speak|stole steal|stolen steal|stuck stick|sued sue|taken take|taught teach|teeth tooth
    thought think|threw throw|thrown throw|told tell|took take|used use|using use|went go|wives wife|knives knife|lives live|women woman|wrote write|written write`
      .split(/[|\n]/)
      .map((pair) => /** @type {[string, string]} */ (pair.trim().split(" "))),
  );

  /* The first ending that fits is exchanged, if enough of the word is left. */
  /** @type {(word: string, rules: [RegExp, string, number][]) => string} */
  const exchange = (word, rules) => {
    for (const [ending, other, least] of rules) {
      const made = word.replace(ending, other);
      if (made !== word && made.length >= least) {
        return made;
      }
    }
    return word;
  };

  /** @type {[RegExp, string, number][]} */
  const EN_PLURAL = [
    [/ies$/, "y", 4],
    [/(ss|sh|ch|x|z)es$/, "$1", 3],
    [/([^su])s$/, "$1", 3],
  ];
  /** @type {[RegExp, string, number][]} */
  const EN_ENDING = [
    [/i[sz]ations?$/, "iz", 4],
    [/ied$/, "y", 3],
    [/([aeiouy].*)ing$/, "$1", 3],
    [/([aeiouy].*)ed$/, "$1", 3],
    [/tion$/, "t", 4],
    [/ment$/, "", 3],
    [/ness$/, "", 4],
    [/([vsy])al$/, "$1", 4],
    [/ly$/, "", 4],
  ];
  /** @type {[RegExp, string, number][]} */
  const EN_SPELLING = [
    [/ence?$/, "ens", 5],
    [/is$/, "iz", 5],
    [/ys$/, "yz", 5],
    [/our$/, "or", 5],
    [/ogue?$/, "og", 5],
    [/mm?$/, "m", 5],
    [/([^aeiour])re?$/, "$1er", 5],
  ];

  /** @type {(word: string) => string} */
  const english = (word) => {
    const known = IRREGULAR.get(word);
    if (known || word.length < 4) {
      return known ?? word;
    }
    const single = exchange(word, EN_PLURAL);
    const base = IRREGULAR.get(single) ?? single;
    const bare = exchange(base.length > 7 ? base.replace("ae", "e") : base, EN_ENDING).replace(/([^aeiou])\1$/, "$1");
    const open = bare.length > 3 ? bare.replace(/e$/, "") : bare;
    return exchange(open, EN_SPELLING).replace(/y$/, "i");
  };

  /** @type {[RegExp, string, number][]} */
  const ROMANCE = [
    [
      /(amiento|imiento|aciones|acoes|adores|adoras|acion|acao|ement|ation|mente|ieron|iendo|antes|aron|ando|endo|indo|aram|eram|iram|ados|adas|idos|idas|ador|ante|abas?|ado|ada|ido|ida|ais|ait|ou)$/,
      "",
      3,
    ],
    [/(ar|er|ir|ez|as|os|es|is|eu|iu|io|ia)$/, "", 3],
    [/[aeios]$/, "", 3],
  ];
  /** @type {[RegExp, string, number][]} */
  const GERMANIC = [
    [/(ungen|ung|heiten|heit|keiten|keit|lichen|lich|ischen|isch)$/, "", 4],
    [/(eten|test|tet|ten|ern|end|em|en|er|es|et|st|te)$/, "", 4],
    [/[ensta]$/, "", 3],
  ];

  /** @type {(word: string) => string} */
  const german = (word) => {
    const spelt = word.replace(/([aou])e/g, "$1");
    const whole = /^ge.{4,}(t|en)$/.test(spelt) ? spelt.slice(2) : spelt;
    return whole.length < 4 ? whole : exchange(whole, GERMANIC);
  };

  /** @type {(word: string) => string} */
  const romance = (word) => (word.length < 4 ? word : exchange(word.replace(/s$/, ""), ROMANCE));

  /** @type {Record<string, (word: string) => string>} */
  const STEMS = { en: english, es: romance, pt: romance, fr: romance, it: romance, de: german, nl: german };

  /** @type {Map<string, string>} */
  const stems = new Map();

  /** @type {SearchWords["stem"]} */
  const stem = (word, language) => {
    const name = `${language} ${word}`;
    let made = stems.get(name);
    if (made === undefined) {
      made = STEMS[language]?.(word) ?? word;
      stems.set(name, made);
    }
    return made;
  };

  /** @type {SearchWords["isSmall"]} */
  const isSmall = (word, language) => small.get(language)?.has(word) ?? false;

  /** @type {SearchWords["isFaint"]} */
  const isFaint = (word, language) => faint.get(language)?.has(word) ?? false;

  /** @type {SearchWords["terms"]} */
  const terms = (text, language) => {
    const found = [];
    for (const word of split(text)) {
      if (!isSmall(word.text, language)) {
        found.push(stem(word.text, language));
      }
      for (const piece of word.pieces) {
        if (piece.length > 1 && !isSmall(piece, language)) {
          found.push(stem(piece, language));
        }
      }
    }
    return found;
  };

  /** @type {SearchWords["language"]} */
  const language = (words, languages) => {
    const count = (/** @type {string} */ name) => words.filter((word) => isSmall(word.text, name)).length;
    const counts = languages.map((name, place) => [count(name), -place]);
    const [, place] = counts.reduce((best, one) => (one[0] > best[0] ? one : best), counts[0] ?? [0, 0]);
    return languages[-place] ?? "";
  };

  /* Missing, added, wrong and exchanged letters, each counted once. */
  /** @type {SearchWords["slips"]} */
  const slips = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) {
      return most + 1;
    }
    let [older, old] = [/** @type {number[]} */ ([]), Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let row = 1; row <= one.length; row++) {
      const next = [row];
      let least = row;
      for (let at = 1; at <= other.length; at++) {
        const same = one[row - 1] === other[at - 1] ? 0 : 1;
        let cost = Math.min(old[at] + 1, next[at - 1] + 1, old[at - 1] + same);
        if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) {
          cost = Math.min(cost, older[at - 2] + 1);
        }
        next.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) {
        return most + 1;
      }
      [older, old] = [old, next];
    }
    return old[other.length];
  };

  playbook.searchWords = { fold, split, key, stem, terms, isSmall, isFaint, irregular: IRREGULAR, language, slips };
})();
