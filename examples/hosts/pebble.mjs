// SPDX-License-Identifier: BSL-1.0
// crowdrules from Node by koffi:  npm install koffi && node pebble.mjs LIBRARY STORY
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const koffi = createRequire(process.cwd() + "/")("koffi");
const [library, story] = process.argv.slice(2);
const lib = koffi.load(library);
const free = lib.func("void crowdrules_answer_free(void *)");
const status = lib.func("int crowdrules_answer_status(void *)");
const textOf = lib.func("str crowdrules_answer_text(void *)");
const campaignOf = lib.func("void *crowdrules_answer_campaign(void *)");
const bytes = (text) => Buffer.byteLength(text);

/** The answer's status and value, and the campaign that was made, if any. */
function taken(answer) {
  const result = { status: status(answer), value: JSON.parse(textOf(answer)), made: campaignOf(answer) };
  free(answer);
  return result;
}

const terms = lib.func("void *crowdrules_terms(str, size_t)");
const launch = lib.func("void *crowdrules_launch(str, size_t, str, size_t)");
const act = lib.func("void *crowdrules_perform(void *, str, size_t)");
const advance = lib.func("void *crowdrules_advance(void *, str, size_t)");
const statement = lib.func("void *crowdrules_statement(void *)");

const draft = readFileSync(story, "utf8");
const agreed = JSON.stringify(taken(terms(draft, bytes(draft))).value);
const at = "2012-04-11T07:00:00Z", deadline = "2012-05-18T07:00:00Z";
const campaign = taken(launch(agreed, bytes(agreed), at, bytes(at))).made;

function perform(command) {
  const text = JSON.stringify(command);
  const { status, value } = taken(act(campaign, text, bytes(text)));
  return status === 1 ? value.refusal.code : value.events.map((event) => event.event).join(", ");
}

const pledge = (number, amount) =>
  perform({ at: "2012-04-11T08:00:00Z", command: "make_pledge", pledge: number, backer: number, reward: 1, amount });
let last;
for (let number = 1; number <= 100; ++number) last = pledge(number, "1000.00");
console.log("pledge 100:", last);
console.log("pledge 101:", pledge(101, "99.00"));
taken(advance(campaign, deadline, bytes(deadline)));
console.log("charge:", perform({ at: "2012-05-18T08:00:00Z", command: "record_charge", pledge: 1 }));
console.log("refund:", perform({ at: "2012-05-19T08:00:00Z", command: "refund_pledge", pledge: 1, amount: "1000.00" }));
const page = taken(statement(campaign)).value;
console.log(page.phase, page.backers, page.collected.amount, page.refunded);
lib.func("void crowdrules_campaign_free(void *)")(campaign);
