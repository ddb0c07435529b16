// SPDX-License-Identifier: BSL-1.0
// The lines of a plan that match gifts and pay out.
#include "runner.hpp"
#include <reason/refusal.hpp>

namespace crowdrules::detail {

namespace {
constexpr const char* distribution_name = "distribution";
}

// ------------------------------------------------------------------------------------------------------------ matching

PlanRunner::Refused PlanRunner::act(const GiftLine& line) {
    auto& state = parts_[line.part].state;
    if (std::holds_alternative<LiveCrowdmatch>(state)) {
        if (!line.amount.is_positive())
            return refusal("crowdmatch.pledge", "a pledge of " + to_text(line.amount), "more than 0");
        append(line.part, &LiveCrowdmatch::pledges, line);
        begin(line.part, "pledge", false);
        add("backers", std::int64_t{line.count}, PlanTally::sum);
        add("pledged", line.amount * std::int64_t{line.count});
        return {};
    }
    const auto backer_of = [&] {
        if (line.by.empty()) return BackerId{++strangers_ + plan_.timeline.size()};
        return backers_.try_emplace(line.by, BackerId{backers_.size() + 1}).first->second;
    };
    for (std::uint32_t i = 0; i < line.count; ++i) {
        const BackerId backer = backer_of();
        if (std::holds_alternative<LiveQuadratic>(state)) {
            revenue::QuadraticContribution gift{id_of(line.to), backer, line.amount};
            const auto trial = match_quadratic(std::get<QuadraticPart>(plan_.parts[line.part].terms).terms, {&gift, 1});
            if (!trial) return trial.error();
            append(line.part, &LiveQuadratic::gifts, gift);
            begin(line.part, "gift", false);
            add("given", line.amount);
        } else {
            LiveMatch& match = touch<LiveMatch>(line.part);
            const auto& terms = std::get<MatchPart>(plan_.parts[line.part].terms);
            auto& raised = match.raised.try_emplace(line.to, LiveMatch::Raised{nothing()}).first->second;
            raised.amount += line.amount;
            ++raised.backers;
            if (terms.factor) {
                const auto matched = match.pool.match(*terms.factor, id_of(line.to), backer, line.amount);
                if (!matched) return matched.error();
                begin(line.part, "gift", true);
                add("given", line.amount);
                add("projects." + line.to + ".given", line.amount);
                book_match(line.part, *matched);
            } else if (!line.amount.is_positive()) {
                return refusal("match.contribution", "a contribution of " + to_text(line.amount), "more than 0");
            } else {
                begin(line.part, "gift", false);
                add("given", line.amount);
                add("projects." + line.to + ".given", line.amount);
            }
        }
        move(std::string(outside), line.to, line.amount);
    }
    return {};
}

void PlanRunner::book_match(std::size_t part, const revenue::Match& match) {
    add("asked", match.asked);
    add("matched", match.matched);
    add("projects." + name_of(match.project) + ".matched", match.matched);
    for (const revenue::SharePart& one : match.parts) add("sponsors." + name_of(one.payee), one.amount);
    add("limit", std::string(to_text(match.limit)), PlanTally::latest);
    add("left", std::get<LiveMatch>(parts_[part].state).pool.left(), PlanTally::latest);
    because(explain(match));
    for (const revenue::SharePart& one : match.parts) move(name_of(one.payee), name_of(match.project), one.amount);
}

PlanRunner::Refused PlanRunner::act(const LumpLine& line) {
    const auto& terms = std::get<MatchPart>(plan_.parts[line.part].terms);
    if (!terms.lump) return refusal("match.lump", "no lump is promised", "a match with a lump");
    LiveMatch& live = touch<LiveMatch>(line.part);
    const auto raised = live.raised.try_emplace(line.to, LiveMatch::Raised{nothing()}).first->second;
    const auto match = live.pool.match_lump(*terms.lump, id_of(line.to), raised.amount, line.target, raised.backers);
    if (!match) return match.error();
    begin(line.part, "lump", true);
    book_match(line.part, *match);
    return {};
}

PlanRunner::Refused PlanRunner::settle(std::size_t part, LiveQuadratic& live) {
    const auto outcome = match_quadratic(std::get<QuadraticPart>(plan_.parts[part].terms).terms, live.gifts);
    if (!outcome) return outcome.error();
    live.gifts.clear();
    begin(part, "match", true);
    for (const revenue::ProjectMatch& project : outcome->projects) {
        const std::string prefix = "projects." + name_of(project.project) + ".";
        add(prefix + "backers", static_cast<std::int64_t>(project.backers), PlanTally::sum);
        add(prefix + "contributed", project.contributed);
        add(prefix + "weight", project.weight, PlanTally::latest);
        add(prefix + "matched", project.matched);
        move(std::string(outside), name_of(project.project), project.matched);
    }
    add("distributed", outcome->distributed);
    add("left", outcome->left, PlanTally::latest);
    because(explain(*outcome));
    return {};
}

PlanRunner::Refused PlanRunner::settle(std::size_t part, LiveCrowdmatch& live) {
    const auto& terms = std::get<CrowdmatchPart>(plan_.parts[part].terms);
    Money crowd = nothing();
    for (const GiftLine& pledge : live.pledges) crowd += pledge.amount * std::int64_t{pledge.count};
    begin(part, "match", true);
    add("crowd", crowd);
    Money given = nothing();
    for (const GiftLine& pledge : live.pledges) {
        const revenue::GoalMatch match = revenue::crowdmatch_to_goal(pledge.amount, crowd, terms.goal, terms.rounding);
        given += match.donation * std::int64_t{pledge.count};
        if (pledge.by.empty()) continue;
        add("backers." + pledge.by + ".donation", match.donation);
        add("backers." + pledge.by + ".promise", match.promise, PlanTally::latest);
    }
    add("donated", given);
    because({"donated",
             to_grouped_text(given),
             "each pledge, by " + to_grouped_text(crowd) + " pledged of a goal of " + to_grouped_text(terms.goal),
             {},
             {},
             {}});
    move(std::string(outside), plan_.parts[part].name, given);
    return give(part, terms.to, given);
}

// ---------------------------------------------------------------------------------------------------------- paying out

PlanRunner::Refused PlanRunner::act(const EarningLine& line) {
    // Booked or refused as a whole, and nothing after it is refused: there is nothing to take back.
    const revenue::Earning& earning = line.earning;
    const std::tuple told(earning.payee.value, earning.reference, earning.sold_on);
    const bool has_reference = earning.kind == revenue::EarningKind::earned && !earning.reference.empty();
    if (const auto before = told_.find(told); has_reference && before != told_.end()) {
        const std::string currency(plan_.currency.code());
        return refusal("distribution.reference",
                       "\"" + earning.reference + "\" of " + to_text(earning.sold_on) + " with " +
                           to_text(earning.amount) + " " + currency + ", which was told before with " +
                           to_text(before->second) + " " + currency,
                       before->second == earning.amount ? "nothing more: it was booked"
                                                        : "another earning under a reference of its own");
    }
    if (auto done = distribution_->book(earning); !done) return std::move(done.error());
    if (has_reference) told_.emplace(told, earning.amount);
    const bool back = earning.kind == revenue::EarningKind::taken_back;
    entries_.push_back({on_, distribution_name, back ? "taken back" : "earning", 0, {}, {}, {}, {}});
    move(std::string(outside), name_of(earning.payee), back ? -earning.amount : earning.amount);
    return {};
}

PlanRunner::Refused PlanRunner::act(const PayOutLine& line) {
    // Told first and paid last, so that there is nothing to take back when the figures cannot be added up.
    std::vector<revenue::PayeeStatement> statements;
    if (line.payee.is_none()) {
        auto paid = distribution_->statements(on_);
        if (!paid) return paid.error();
        statements = std::move(*paid);
    } else {
        auto paid = distribution_->pay_out_below_minimum(line.payee, on_);
        if (!paid) return paid.error();
        statements.push_back(std::move(*paid));
    }
    PlanEntry entry{on_, distribution_name, "payout", paid_out_ + 1, {}, {}, {}, {}};
    entries_.push_back(std::move(entry));
    Money gross = nothing(), withheld = nothing(), fees = nothing(), paid = nothing();
    Decimal carried;
    for (const revenue::PayeeStatement& statement : statements) {
        book_statement(statement, entries_.back());
        gross += statement.gross;
        for (const revenue::Withheld& part : statement.withheld) withheld += part.amount;
        fees += statement.fee;
        paid += statement.paid;
        carried = carried + statement.carried;
    }
    add("gross", gross);
    add("withheld", withheld);
    add("fees", fees);
    add("paid", paid);
    add("carried", carried, PlanTally::latest);
    if (line.payee.is_none()) distribution_->pay(statements);
    ++paid_out_;
    return {};
}

void PlanRunner::book_statement(const revenue::PayeeStatement& statement, PlanEntry& entry) {
    const std::string& name = name_of(statement.payee);
    const std::string prefix = name + ".";
    Money withheld = nothing();
    for (const revenue::Withheld& part : statement.withheld) withheld += part.amount;
    add(prefix + "opening", statement.opening, PlanTally::latest);
    add(prefix + "earned", statement.earned, PlanTally::sum);
    add(prefix + "taken_back", statement.taken_back, PlanTally::sum);
    add(prefix + "corrected", statement.corrected, PlanTally::sum);
    add(prefix + "on_hold", statement.on_hold, PlanTally::latest);
    add(prefix + "gross", statement.gross);
    add(prefix + "withheld", withheld);
    add(prefix + "fee", statement.fee);
    add(prefix + "paid", statement.paid);
    add(prefix + "carried", statement.carried, PlanTally::latest);
    add(prefix + "outcome", std::string(to_text(statement.reason)), PlanTally::latest);
    Derivation why = explain(statement);
    entry.why.push_back(
        {name, to_grouped_text(statement.paid), "statement of " + to_text(statement.on), {}, {}, {why}});
    move(name, "paid to " + name, statement.paid);
    move(name, "withheld", withheld);
    const bool is_on_top = distribution_->terms().fee_borne_by == revenue::FeeBearer::payer;
    move(is_on_top ? std::string(outside) : name, "payment fees", statement.fee);
}

PlanRunner::Refused PlanRunner::act(const RemoveLine& line) {
    const auto left = distribution_->remove(line.payee);
    if (!left) return left.error();
    entries_.push_back({on_, distribution_name, "removal", 0, {}, {}, {}, {}});
    move(name_of(line.payee), std::string(outside), *left);
    return {};
}

}  // namespace crowdrules::detail
