// Reads a DMN file as an engine does and decides cases with it: `{file, cases: [{inputs, outcome}]}` comes in, what is
// wrong goes out. dmn-moddle reads the XML, feelin evaluates the FEEL.

import { readFileSync } from "node:fs";
import { DmnModdle } from "dmn-moddle";
import { evaluate, unaryTest } from "feelin";

/** The value of an expression; newer versions of feelin give it with warnings. */
const plain = (result) => (result !== null && typeof result === "object" && "value" in result ? result.value : result);

const { file, cases } = JSON.parse(readFileSync(0, "utf8"));
const { rootElement, warnings } = await new DmnModdle().fromXML(readFileSync(file, "utf8"));
const decision = rootElement.drgElement.find((one) => one.$type === "dmn:Decision");
const table = decision.decisionLogic;
const required = new Set(decision.informationRequirement.map((one) => one.requiredInput.href));
const given = rootElement.drgElement.filter((one) => one.$type === "dmn:InputData" && required.has(`#${one.id}`));
const known = new Set(given.map((one) => one.variable.name));
const asked = table.input.map((one) => one.inputExpression.text);
const wrong = warnings.map((one) => one.message);
wrong.push(...asked.filter((name) => !known.has(name)).map((name) => `nobody knows ${name}`));
/** A day or a length of time as the engine has it; whatever else as it is. */
const typed = (word, place) => {
  const call = { date: "date", dayTimeDuration: "duration" }[table.input[place].inputExpression.typeRef];
  return call ? plain(evaluate(`${call}("${word}")`)) : word;
};
for (const { inputs, outcome } of cases) {
  const context = Object.fromEntries(asked.map((name, place) => [name, typed(inputs[place], place)]));
  const fits = (rule) =>
    rule.inputEntry.every((entry, place) => {
      const value = plain(evaluate(asked[place], context));
      return plain(unaryTest(entry.text, { ...context, "?": value })) === true;
    });
  const rules = table.rule.filter(fits);
  const decides = table.hitPolicy === "FIRST" || rules.length === 1 ? rules[0] : undefined;
  const said = decides && plain(evaluate(decides.outputEntry[0].text, context));
  if (said !== outcome) {
    wrong.push(`${JSON.stringify(inputs)}: ${said}, not ${outcome}`);
  }
}
process.stdout.write(JSON.stringify(wrong));
