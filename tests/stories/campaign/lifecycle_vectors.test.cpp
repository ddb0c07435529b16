// SPDX-License-Identifier: BSL-1.0
// The 65 lifecycle scenarios whose outcomes come from the executed contracts of OpenZeppelin 2.5.1, run through this
// engine with the matching named choices. Where the two differ on purpose the difference itself is tested, and
// docs/lifecycle_vectors.md says why.
//
// The scenarios are not part of the project: the folder that holds vectors/lifecycle is taken from CROWDRULES_SHARED.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/revenue/share.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

using namespace crowdrules;
using Json = nlohmann::json;

namespace {

const Currency coin = Currency::own("COIN", 0).value();
const Instant created = instant("2020-01-01T00:00:00Z");

using Lines = std::vector<std::string>;

std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
}

/// What the engine says otherwise than the vector; each entry is tested to be just so.
const std::map<std::string, Lines> differences{
    {"create-opening-in-past", {"create: accepted, not opening_in_past"}},
    {"refund-closed-but-not-finalized",
     {"step 2: refunded 10, not not_finalized", "step 4: refunded 0, not refunded 10"}},
    {"finalize-twice", {"step 2: final already, not already_finalized"}},
    {"splitter-zero-share", {"create: accepted, not zero_shares"}},
    {"splitter-length-mismatch", {"create: accepted, not length_mismatch"}},
    {"splitter-duplicate", {"create: accepted, not duplicate_payee"}},
    {"escrow-close-only-owner",
     {"step 1: early_close_not_allowed, not not_authorised", "step 2: early_close_not_allowed, not ok",
      "final: state active, not closed"}},
    {"escrow-refund-only-owner", {"step 1: ok, not not_authorised", "step 2: not_active, not ok"}},
    {"escrow-empty-deposit-and-withdrawal", {"step 1: amount_not_positive, not ok"}},
};

Json vectors() {
    const char* const shared = std::getenv("CROWDRULES_SHARED");
    if (!shared) return {};
    std::ifstream file(std::string(shared) + "/vectors/lifecycle/lifecycle_openzeppelin.json");
    return file ? Json::parse(file)["vectors"] : Json();
}

Instant at(const Json& seconds) {
    return created + Elapsed{seconds.get<std::int64_t>()};
}

/// Amounts as the vectors have them; those of 10^18 and more in units of 10^18, of which 64 bits hold enough.
/// A last unit that this cuts off counts as a whole one: what was just too much stays too much.
std::int64_t amount(const Json& text, bool large) {
    const std::string digits = text.get<std::string>();
    if (!large) return std::stoll(digits);
    const std::string kept = digits.size() > 18 ? digits.substr(0, digits.size() - 18) : "0";
    const std::string cut = digits.size() > 18 ? digits.substr(digits.size() - 18) : digits;
    return std::stoll(kept) + (cut.find_first_not_of('0') == std::string::npos ? 0 : 1);
}

/// Collects what came out otherwise than the vector says.
class Report {
  public:
    void expect(const std::string& where, const std::string& actual, const std::string& expected) {
        if (actual != expected) lines.push_back(where + ": " + actual + ", not " + expected);
    }
    Lines lines;
};

std::string expected_of(const Json& step) {
    return step["result"] == "ok" ? "ok" : step["code"].get<std::string>();
}

/// The engine's codes in the words of the vectors.
std::string in_their_words(campaign::RejectionCode code) {
    switch (code) {
        case campaign::RejectionCode::campaign_not_open_yet:
        case campaign::RejectionCode::campaign_closed:
        case campaign::RejectionCode::campaign_ended:
        case campaign::RejectionCode::late_pledges_not_offered:
            return "not_open";
        case campaign::RejectionCode::amount_not_positive:
            return "zero_amount";
        case campaign::RejectionCode::cap_exceeded:
            return "cap_exceeded";
        case campaign::RejectionCode::deadline_not_later:
            return "new_closing_not_later";
        default:
            return std::string(to_text(code));
    }
}

/// Charged when pledged, no fees, nobody is limited to one pledge, the closing instant belongs to the window, and the
/// creator may be paid at once after a success.
campaign::Terms plain_terms() {
    campaign::Terms terms;
    terms.title = "vector";
    terms.currency = coin;
    terms.may_extend = true;
    terms.limits.one_per_backer = false;
    terms.charges.timing = ChargeTiming::at_pledge;
    return terms;
}

/// A campaign whose pledges are charged at once.
class Runner {
  public:
    Runner(campaign::Terms terms, Instant from) : campaign(launch(std::move(terms), from)) {}

    std::string perform(Instant when, campaign::CommandBody what) {
        const auto done = crowdrules::perform(campaign, {CommandId{}, when, std::move(what)}, events);
        return done ? "ok" : in_their_words(done.error().code);
    }
    std::string pledge(Instant when, const std::string& who, std::int64_t minor) {
        const BackerId backer = people.try_emplace(who, BackerId{people.size() + 1}).first->second;
        const PledgeId id{pledges.size() + 1};
        const std::string made = perform(when, campaign::MakePledge{id, backer, {.amount = Money(minor, coin)}});
        if (made != "ok") return made;
        pledges.push_back({who, id});
        return perform(when, campaign::RecordCharge{id});
    }
    /// Gives back what is due to be given back, as a platform that acts on the agenda does; how much that was.
    std::int64_t refund(Instant when, const std::string& who) {
        std::int64_t sum = 0;
        advance(campaign, when);
        for (const campaign::Due& due : agenda(campaign)) {
            if (due.kind != campaign::DueKind::refund || who_of(due.pledge) != who) continue;
            if (perform(when, campaign::RefundPledge{due.pledge, due.amount, RefundItem::general}) == "ok")
                sum += due.amount.minor();
        }
        return sum;
    }
    void pay_out(Instant when) {
        advance(campaign, when);
        for (const campaign::Due& due : agenda(campaign))
            if (due.kind == campaign::DueKind::pay_out) perform(std::max(when, due.at), campaign::PayOut{due.payout});
    }
    [[nodiscard]] std::string who_of(PledgeId id) const {
        for (const auto& [who, pledge] : pledges)
            if (pledge == id) return who;
        return {};
    }
    /// What a backer has in the end: minus what was charged, plus what was given back.
    [[nodiscard]] std::int64_t net_of(const std::string& who) const {
        std::int64_t net = 0;
        for (const auto& [name, id] : pledges)
            if (name == who) {
                const auto view = find_pledge(campaign, id).value();
                net += (view.refunded - view.amount).minor();
            }
        return net;
    }
    [[nodiscard]] std::int64_t balance(Account account) const { return campaign->ledger.balance(account).minor(); }

    campaign::Campaign campaign;
    campaign::Events events;
    std::map<std::string, BackerId> people;
    std::vector<std::pair<std::string, PledgeId>> pledges;
};

std::string creation(const campaign::Terms& terms) {
    const Findings defects = defects_of(terms);
    if (defects.empty()) return "ok";
    const Finding& first = defects.front();
    if (first.rule == "window.days") return "closing_not_after_opening";
    if (first.what.starts_with("the cap is 0")) return "cap_is_zero";
    if (first.rule == "model.cap") return "goal_above_cap";
    // The contracts look at the cap before the goal.
    for (const Finding& defect : defects)
        if (defect.what.starts_with("the cap is 0")) return "cap_is_zero";
    return first.rule == "model.goal" ? "goal_is_zero" : first.rule;
}

void run_campaign(const Json& vector, Report& report) {
    const Json& config = vector["config"];
    const bool large = vector["id"] == "large-amounts";
    campaign::Terms terms = plain_terms();
    terms.window = {at(config["opens_at"]), at(config["closes_at"]), ClosingInstant::included};
    // A contract without a goal hands everything on: an open-ended campaign.
    terms.model = config.contains("goal")
                      ? campaign::FundingModel::all_or_nothing(Money(amount(config["goal"], large), coin))
                      : campaign::FundingModel::open_ended();
    if (config.contains("cap"))
        terms.model.cap = campaign::Cap{amount(config["cap"], large), campaign::CapReached::stays_open};

    const std::string creation_result = creation(terms);
    const std::string wanted = expected_of(vector["create"]);
    report.expect("create", creation_result == "ok" ? "accepted" : creation_result,
                  wanted == "ok" ? "accepted" : wanted);
    if (creation_result != "ok" || wanted != "ok") return;

    Runner run(terms, created);
    std::size_t number = 0;
    bool finalized = false;
    for (const Json& step : vector["steps"]) {
        const std::string where = "step " + std::to_string(++number);
        const std::string op = step["op"];
        const Instant now = at(step["at"]);
        if (op == "pledge") {
            report.expect(where, run.pledge(now, step["by"], amount(step["amount"], large)), expected_of(step));
        } else if (op == "extend") {
            std::string result = run.perform(now, campaign::ExtendDeadline{at(step["new_closes_at"])});
            if (result == "not_open") result = "already_closed";
            report.expect(where, result, expected_of(step));
        } else if (op == "finalize") {
            // Here the outcome comes by itself, once, as soon as the window is past: there is nothing to call.
            advance(run.campaign, now);
            const bool over = run.campaign->phase != campaign::Phase::live;
            report.expect(where, !over ? "not_closed" : finalized ? "final already" : "ok", expected_of(step));
            finalized = over;
            if (over && run.campaign->phase == campaign::Phase::succeeded) run.pay_out(now);
        } else {
            REQUIRE(op == "claim_refund");
            advance(run.campaign, now);
            const bool judged = run.campaign->phase != campaign::Phase::live;
            const std::int64_t refunded = run.refund(now, step["for"]);
            const std::string result = !judged ? "not_finalized"
                                       : run.campaign->phase == campaign::Phase::succeeded
                                           ? "goal_reached"
                                           : "refunded " + std::to_string(refunded);
            const bool paid = step["result"] == "ok";
            report.expect(where, result, paid ? "refunded " + step["refunded"].get<std::string>() : expected_of(step));
        }
    }

    // Without a goal the contracts hand each pledge on at once; here the creator is paid after the end.
    const Json& last = vector["final"];
    if (!config.contains("goal")) run.pay_out(at(config["closes_at"]) + std::chrono::days{365});
    const std::int64_t raised = run.campaign->totals.collected;
    report.expect("final raised", std::to_string(raised), std::to_string(amount(last["raised"], large)));
    report.expect("final payee_received", std::to_string(run.balance(Account::creator)),
                  std::to_string(amount(last["payee_received"], large)));
    report.expect("final closes_at", to_text(run.campaign->window.closes), to_text(at(last["closes_at"])));
    if (last.contains("goal_reached"))
        report.expect("final goal_reached", terms.model.is_met_by(raised) ? "true" : "false",
                      last["goal_reached"].get<bool>() ? "true" : "false");
    if (last.contains("cap_reached"))
        report.expect("final cap_reached", raised >= terms.model.cap->at ? "true" : "false",
                      last["cap_reached"].get<bool>() ? "true" : "false");
    for (const auto& [who, net] : last["backer_net"].items()) {
        const std::string text = net.get<std::string>();
        const bool negative = text.starts_with("-");
        const std::int64_t expected = amount(Json(negative ? text.substr(1) : text), large);
        report.expect("final net of " + who, std::to_string(run.net_of(who)),
                      std::to_string(negative ? -expected : expected));
    }
    CHECK(check(run.campaign).empty());
}

void run_splitter(const Json& vector, Report& report) {
    revenue::SplitTerms terms;
    terms.totalling = revenue::Totalling::relative;
    terms.dividing = revenue::Dividing::running_total_cut;
    std::map<std::string, revenue::PayeeId> payees;
    for (const auto& [who, weight] : vector["shares"].items()) {
        payees.emplace(who, revenue::PayeeId{payees.size() + 1});
        terms.shares.push_back({payees.at(who), weight.get<Weight>()});
    }
    auto sharing = revenue::Sharing::of(always(terms), coin);
    const std::string wanted = expected_of(vector["create"]);
    const std::string made = sharing ? "accepted" : terms.shares.empty() ? "no_payees" : "refused";
    report.expect("create", made, wanted == "ok" ? "accepted" : wanted);
    if (!sharing || wanted != "ok") return;

    // The contracts pay when asked; here everybody's part is known with each payment. What was not asked for yet is
    // what they would pay.
    std::map<std::string, std::int64_t> released;
    std::int64_t received = 0, paid_out = 0;
    std::size_t number = 0;
    for (const Json& step : vector["steps"]) {
        const std::string where = "step " + std::to_string(++number);
        if (step["op"] == "receive") {
            const std::int64_t sum = amount(step["amount"], false);
            REQUIRE(sharing->share("", date("2020-01-01"), Money(sum, coin)));
            received += sum;
            continue;
        }
        const std::string who = step["for"];
        if (!payees.contains(who)) {
            report.expect(where, "no_shares", expected_of(step));
            continue;
        }
        const std::int64_t due = sharing->total_of(payees.at(who)).minor() - released[who];
        report.expect(where, due == 0 ? "nothing_due" : std::to_string(due),
                      step["result"] == "ok" ? step["paid"].get<std::string>() : expected_of(step));
        released[who] += due;
        paid_out += due;
    }
    const Json& last = vector["final"];
    report.expect("final total_released", std::to_string(paid_out), last["total_released"]);
    report.expect("final undistributed", std::to_string(received - paid_out), last["undistributed"]);
}

void run_escrow(const Json& vector, Report& report) {
    campaign::Terms terms = plain_terms();
    terms.window = {created, created + std::chrono::days{365}};
    terms.model = campaign::FundingModel::all_or_nothing(Money(1, coin));
    terms.may_close_early = true;
    Runner run(terms, created);
    Instant now = created;
    std::size_t number = 0;
    for (const Json& step : vector["steps"]) {
        const std::string where = "step " + std::to_string(++number);
        const std::string op = step["op"];
        now += Elapsed{1};
        std::string result;
        std::string expected = expected_of(step);
        const bool over = run.campaign->phase != campaign::Phase::live;
        if (op == "deposit") {
            result = run.pledge(now, step["for"], amount(step["amount"], false));
            if (over && result != "ok") result = "not_active";
            if (result == "zero_amount") result = "amount_not_positive";
        } else if (op == "close") {
            result = run.perform(now, campaign::CloseEarly{});
            if (over && result != "ok") result = "not_active";
        } else if (op == "enable_refunds") {
            result = run.perform(now, campaign::CancelCampaign{});
            if (over && result != "ok") result = "not_active";
        } else if (op == "withdraw") {
            const std::int64_t refunded = run.refund(now, step["for"]);
            result =
                run.campaign->phase == campaign::Phase::cancelled ? std::to_string(refunded) : "refund_not_allowed";
            if (step["result"] == "ok") expected = step["paid"];
        } else {
            REQUIRE(op == "beneficiary_withdraw");
            const std::int64_t before = run.balance(Account::creator);
            run.pay_out(now);
            const std::int64_t paid = run.balance(Account::creator) - before;
            result =
                run.campaign->phase == campaign::Phase::succeeded && paid > 0 ? std::to_string(paid) : "not_closed";
            if (step["result"] == "ok") expected = step["paid"];
        }
        report.expect(where, result, expected);
    }
    const std::string state = run.campaign->phase == campaign::Phase::live        ? "active"
                              : run.campaign->phase == campaign::Phase::cancelled ? "refunding"
                                                                                  : "closed";
    if (const std::string wanted = vector["final"]["state"]; state != wanted)
        report.lines.push_back("final: state " + state + ", not " + wanted);
    report.expect("final balance", std::to_string(run.balance(Account::escrow)), vector["final"]["balance"]);
    CHECK(check(run.campaign).empty());
}

}  // namespace

TEST_SUITE_BEGIN("stories");

TEST_CASE("lifecycle vectors: the 65 executed scenarios come out the same, or differ just as the table says") {
    const Json all = vectors();
    if (all.empty()) {
        MESSAGE("skipped: CROWDRULES_SHARED names no folder with vectors/lifecycle");
        return;
    }
    CHECK(all.size() == 65);
    for (const Json& vector : all) {
        const std::string id = vector["id"];
        CAPTURE(id);
        Report report;
        if (vector["kind"] == "campaign") run_campaign(vector, report);
        if (vector["kind"] == "cumulative_splitter") run_splitter(vector, report);
        if (vector["kind"] == "refund_escrow") run_escrow(vector, report);
        const auto known = differences.find(id);
        CHECK(joined(report.lines) == joined(known == differences.end() ? Lines{} : known->second));
    }
}

TEST_CASE("lifecycle vectors: a payee named twice in a split is refused") {
    // The vector cannot say it: JSON has no table with a name twice.
    revenue::SplitTerms terms;
    terms.totalling = revenue::Totalling::relative;
    terms.shares = {{revenue::PayeeId{1}, 20}, {revenue::PayeeId{2}, 30}, {revenue::PayeeId{1}, 50}};
    CHECK_FALSE(revenue::Sharing::of(always(terms), coin).has_value());
}

TEST_CASE("lifecycle vectors: a second refund of what was given back is refused") {
    campaign::Terms terms = plain_terms();
    terms.window = {created, created + std::chrono::days{14}};
    terms.model = campaign::FundingModel::all_or_nothing(Money(50, coin));
    Runner run(terms, created);
    REQUIRE(run.pledge(created, "alice", 10) == "ok");
    const Instant after = created + std::chrono::days{14};
    CHECK(run.refund(after, "alice") == 10);
    CHECK(run.perform(after, campaign::RefundPledge{PledgeId{1}, Money(10, coin), RefundItem::general}) != "ok");
}

TEST_SUITE_END();
