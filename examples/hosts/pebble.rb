# SPDX-License-Identifier: BSL-1.0
# crowdrules from Ruby by Fiddle:  ruby pebble.rb LIBRARY STORY
require "fiddle/import"
require "json"

LIBRARY, STORY = ARGV

module Crowdrules
  extend Fiddle::Importer
  dlload LIBRARY
  extern "void *crowdrules_terms(const char *, size_t)"
  extern "void *crowdrules_launch(const char *, size_t, const char *, size_t)"
  extern "void *crowdrules_perform(void *, const char *, size_t)"
  extern "void *crowdrules_advance(void *, const char *, size_t)"
  extern "void *crowdrules_statement(void *)"
  extern "void *crowdrules_answer_campaign(void *)"
  extern "int crowdrules_answer_status(void *)"
  extern "char *crowdrules_answer_text(void *)"
  extern "void crowdrules_answer_free(void *)"
  extern "void crowdrules_campaign_free(void *)"
end

# The answer's status and value, and the campaign that was made, if any.
def taken(answer)
  status = Crowdrules.crowdrules_answer_status(answer)
  value = JSON.parse(Crowdrules.crowdrules_answer_text(answer).to_s.force_encoding("UTF-8"))
  made = Crowdrules.crowdrules_answer_campaign(answer)
  Crowdrules.crowdrules_answer_free(answer)
  [status, value, made]
end

def perform(campaign, command)
  text = JSON.generate(command)
  status, value = taken(Crowdrules.crowdrules_perform(campaign, text, text.bytesize))
  status == 1 ? value["refusal"]["code"] : value["events"].map { |event| event["event"] }.join(", ")
end

def pledge(campaign, number, amount)
  perform(campaign, at: "2012-04-11T08:00:00Z", command: "make_pledge", pledge: number, backer: number, reward: 1,
                    amount: amount)
end

draft = File.read(STORY)
terms = JSON.generate(taken(Crowdrules.crowdrules_terms(draft, draft.bytesize))[1])
at, deadline = "2012-04-11T07:00:00Z", "2012-05-18T07:00:00Z"
campaign = taken(Crowdrules.crowdrules_launch(terms, terms.bytesize, at, at.bytesize))[2]
last = (1..100).map { |number| pledge(campaign, number, "1000.00") }.last
puts "pledge 100: #{last}"
puts "pledge 101: #{pledge(campaign, 101, "99.00")}"
taken(Crowdrules.crowdrules_advance(campaign, deadline, deadline.bytesize))
puts "charge: #{perform(campaign, at: "2012-05-18T08:00:00Z", command: "record_charge", pledge: 1)}"
puts "refund: #{perform(campaign, at: "2012-05-19T08:00:00Z", command: "refund_pledge", pledge: 1, amount: "1000.00")}"
page = taken(Crowdrules.crowdrules_statement(campaign))[1]
puts [page["phase"], page["backers"], page["collected"]["amount"], page["refunded"]].join(" ")
Crowdrules.crowdrules_campaign_free(campaign)
