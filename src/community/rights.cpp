// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/rights.hpp>

#include "community/naming.hpp"
#include "core/enumerators.hpp"
#include "core/listed.hpp"
#include "reason/refusal.hpp"
#include <algorithm>

namespace crowdrules::community {
namespace {

std::string happened_on(const RightsRecord& record) {
    return std::string(to_text(record.by)) + " at " + crowdrules::to_text(record.at);
}

Result<void, Finding> without_defect(const Holders& holders) {
    if (Findings defects = defects_of(holders); !defects.empty()) return failure(std::move(defects.front()));
    return {};
}

bool has(const Holders& holders, revenue::PayeeId payee) {
    return std::any_of(holders.shares.begin(), holders.shares.end(),
                       [&](const revenue::Share& share) { return share.payee == payee; });
}

}  // namespace

std::string_view to_text(Right right) noexcept {
    return detail::enumerator_name(right);
}

std::string_view to_text(RightsEvent event) noexcept {
    return detail::enumerator_name(event);
}

std::string_view to_text(Assignment assignment) noexcept {
    return detail::enumerator_name(assignment);
}

std::string_view to_text(ReturnReason reason) noexcept {
    return detail::enumerator_name(reason);
}

// ------------------------------------------------------------------------------------------------------------- holders

Holders sole(revenue::PayeeId holder) {
    return {{{holder, 1}}, 1};
}

Findings defects_of(const Holders& holders) {
    Findings findings;
    if (holders.shares.empty())
        findings.push_back(refusal("rights.holders", "nobody would hold the right", "at least one holder"));
    std::vector<revenue::PayeeId> payees;
    Weight total = 0;
    bool overflow = false;
    for (const revenue::Share& share : holders.shares) {
        payees.push_back(share.payee);
        if (share.weight < 1)
            findings.push_back(refusal("rights.holders",
                                       to_text(share.payee) + " has a part of " + std::to_string(share.weight),
                                       "parts above 0"));
        overflow = overflow || __builtin_add_overflow(total, share.weight, &total);
    }
    std::sort(payees.begin(), payees.end());
    if (!payees.empty() && payees.front().is_none())
        findings.push_back(refusal("rights.holders", "a part without holder", "a holder for every part"));
    if (const auto twice = std::adjacent_find(payees.begin(), payees.end()); twice != payees.end())
        findings.push_back(refusal("rights.holders", to_text(*twice) + " holds two parts", "each holder once"));
    if (overflow || (!payees.empty() && total != holders.whole))
        findings.push_back(refusal("rights.holders",
                                   (overflow ? "the parts leave 64 bits" : "the parts total " + std::to_string(total)) +
                                       " of " + std::to_string(holders.whole),
                                   "parts that total exactly " + std::to_string(holders.whole)));
    return findings;
}

std::string to_text(const Holders& holders) {
    if (holders.shares.empty()) return "nobody";
    if (holders.shares.size() == 1) return to_text(holders.shares.front().payee);
    std::string text;
    for (const revenue::Share& share : holders.shares)
        detail::add_to_list(text, to_text(share.payee) + " " + std::to_string(share.weight));
    return text + " of " + std::to_string(holders.whole);
}

Findings defects_of(const RightsTerms& terms) {
    Findings findings;
    if (terms.company.is_none())
        findings.push_back(refusal("rights.company", "no company", "the company that considers ideas", terms.citation));
    if (terms.return_window && *terms.return_window <= Elapsed{0})
        findings.push_back(refusal("rights.return_window", "a window of " + crowdrules::to_text(*terms.return_window),
                                   "a length of time above 0", terms.citation));
    return findings;
}

// ------------------------------------------------------------------------------------------------------------ register

Result<RightsRegister, Findings> RightsRegister::of(RightsTerms terms, const Idea& idea) {
    Findings findings = defects_of(terms);
    if (idea.id.is_none() || idea.submitter.is_none())
        findings.push_back(refusal("rights.idea", "an idea without id or submitter", "an idea with both"));
    else if (idea.submitter == terms.company)
        findings.push_back(refusal("rights.idea", "the company submits the idea to itself", "a member as submitter"));
    if (!findings.empty()) return failure(std::move(findings));

    RightsRegister rights(std::move(terms), idea);
    const revenue::PayeeId company = rights.terms_.company;
    if (rights.terms_.assignment == Assignment::on_submission) {
        rights.append(idea.submitted_at, Right::title, RightsEvent::submitted, sole(company),
                      "rights.assignment: on_submission");
    } else {
        rights.append(idea.submitted_at, Right::title, RightsEvent::submitted, sole(idea.submitter),
                      "rights.assignment: on_acceptance");
        rights.append(idea.submitted_at, Right::licence, RightsEvent::submitted, sole(company), "rights.licence");
    }
    return rights;
}

void RightsRegister::append(Instant at, Right right, RightsEvent by, Holders holders, std::string rule) {
    records_.push_back({at, right, by, std::move(holders), std::move(rule), terms_.citation});
}

const RightsRecord* RightsRegister::last(Right right) const {
    const auto found = std::find_if(records_.rbegin(), records_.rend(),
                                    [&](const RightsRecord& record) { return record.right == right; });
    return found == records_.rend() ? nullptr : &*found;
}

const RightsRecord* RightsRegister::first(RightsEvent event) const {
    const auto found =
        std::find_if(records_.begin(), records_.end(), [&](const RightsRecord& record) { return record.by == event; });
    return found == records_.end() ? nullptr : &*found;
}

Result<void, Finding> RightsRegister::may_follow(const std::string& rule, Instant at,
                                                 std::initializer_list<RightsEvent> forbidden,
                                                 bool needs_acceptance) const {
    if (at < records_.back().at)
        return failure(refusal(
            "rights.at",
            crowdrules::to_text(at) + " lies before the last record, " + crowdrules::to_text(records_.back().at),
            "an instant that is not earlier", terms_.citation));
    for (const RightsEvent event : forbidden)
        if (const RightsRecord* record = first(event))
            return failure(refusal(rule, idea_text(idea_.id) + " was " + happened_on(*record),
                                   "an idea that was not " + std::string(to_text(event)), terms_.citation));
    if (needs_acceptance && first(RightsEvent::accepted) == nullptr)
        return failure(
            refusal(rule, idea_text(idea_.id) + " was not accepted", "an idea that was accepted", terms_.citation));
    return {};
}

Result<void, Finding> RightsRegister::is_submitter(const std::string& rule, MemberId by) const {
    if (by == idea_.submitter) return {};
    return failure(
        refusal(rule, member_text(by) + " is not its submitter", member_text(idea_.submitter), terms_.citation));
}

Result<void, Finding> RightsRegister::accept(Instant at) {
    if (auto allowed = may_follow("rights.accept", at, {RightsEvent::accepted, RightsEvent::withdrawn}); !allowed)
        return allowed;
    append(at, Right::title, RightsEvent::accepted, sole(terms_.company), "rights.assignment");
    if (last(Right::licence) != nullptr) append(at, Right::licence, RightsEvent::accepted, {{}, 1}, "rights.licence");
    return {};
}

Result<void, Finding> RightsRegister::withdraw(Instant at, MemberId by) {
    constexpr const char* rule = "rights.withdraw";
    if (!terms_.may_withdraw)
        return failure(refusal(rule, "ideas are not withdrawn under these terms", "terms that let members withdraw",
                               terms_.citation));
    if (auto allowed = may_follow(rule, at, {RightsEvent::accepted, RightsEvent::withdrawn}); !allowed) return allowed;
    if (auto allowed = is_submitter(rule, by); !allowed) return allowed;
    append(at, Right::title, RightsEvent::withdrawn, sole(by), rule);
    if (last(Right::licence) != nullptr) append(at, Right::licence, RightsEvent::withdrawn, {{}, 1}, "rights.licence");
    return {};
}

Result<void, Finding> RightsRegister::make(Instant at, Holders royalty) {
    constexpr const char* rule = "rights.royalty";
    const auto gone = {RightsEvent::made, RightsEvent::returned, RightsEvent::reacquired};
    if (auto allowed = may_follow(rule, at, gone, true); !allowed) return allowed;
    if (auto defect = without_defect(royalty); !defect) return defect;
    append(at, Right::royalty, RightsEvent::made, std::move(royalty), rule);
    return {};
}

Result<void, Finding> RightsRegister::share_anew(Instant at, Holders royalty) {
    constexpr const char* rule = "rights.royalty";
    if (auto allowed = may_follow(rule, at, {}, true); !allowed) return allowed;
    if (first(RightsEvent::made) == nullptr)
        return failure(
            refusal(rule, idea_text(idea_.id) + " was not made", "a product that was made", terms_.citation));
    if (auto defect = without_defect(royalty); !defect) return defect;
    append(at, Right::royalty, RightsEvent::shared_anew, std::move(royalty), rule);
    return {};
}

Result<void, Finding> RightsRegister::give_back(Instant at, ReturnReason reason, Holders to) {
    constexpr const char* rule = "rights.return";
    const auto gone = {RightsEvent::made, RightsEvent::returned, RightsEvent::reacquired};
    if (auto allowed = may_follow(rule, at, gone, true); !allowed) return allowed;
    if (reason == ReturnReason::window_passed) {
        const std::optional<Instant> due = return_due();
        if (!due || at < *due)
            return failure(refusal("rights.return_window",
                                   due ? "the window runs until " + crowdrules::to_text(*due) : "no window is agreed",
                                   "a return after a window that is agreed, or because development failed",
                                   terms_.citation));
    }
    if (auto defect = without_defect(to); !defect) return defect;
    if (has(to, terms_.company))
        return failure(
            refusal("rights.holders", "title would go back to the company", "those who took part", terms_.citation));
    append(at, Right::title, RightsEvent::returned, std::move(to), "rights.return: " + std::string(to_text(reason)));
    return {};
}

Result<void, Finding> RightsRegister::reacquire(Instant at, MemberId by) {
    constexpr const char* rule = "rights.reacquire";
    if (!terms_.may_reacquire)
        return failure(refusal(rule, "ideas are not acquired back under these terms",
                               "terms that let the submitter acquire it back", terms_.citation));
    const auto gone = {RightsEvent::made, RightsEvent::returned, RightsEvent::reacquired};
    if (auto allowed = may_follow(rule, at, gone, true); !allowed) return allowed;
    if (auto allowed = is_submitter(rule, by); !allowed) return allowed;
    append(at, Right::title, RightsEvent::reacquired, sole(by), rule);
    return {};
}

// ------------------------------------------------------------------------------------------------------------- answers

const RightsRecord* RightsRegister::held(Right right, Instant at) const {
    const auto found = std::find_if(records_.rbegin(), records_.rend(), [&](const RightsRecord& record) {
        return record.right == right && record.at <= at;
    });
    return found == records_.rend() || found->holders.shares.empty() ? nullptr : &*found;
}

std::optional<Instant> RightsRegister::return_due() const {
    const RightsRecord* accepted = first(RightsEvent::accepted);
    const bool is_over = first(RightsEvent::made) != nullptr || first(RightsEvent::returned) != nullptr ||
                         first(RightsEvent::reacquired) != nullptr;
    if (!terms_.return_window || accepted == nullptr || is_over) return std::nullopt;
    return accepted->at + *terms_.return_window;
}

std::vector<Custody> RightsRegister::custody(Right right) const {
    std::vector<Custody> periods;
    for (const RightsRecord& record : records_) {
        if (record.right != right) continue;
        if (!periods.empty() && !periods.back().period.has_end()) periods.back().period.closes = record.at;
        // What lasted no time was never held: of two records at one instant the later one holds.
        if (!periods.empty() && periods.back().period.closes == periods.back().period.opens) periods.pop_back();
        if (!record.holders.shares.empty())
            periods.push_back({right, Window{record.at}, record.holders, record.by, record.rule, record.citation});
    }
    return periods;
}

Derivation explain(const RightsRegister& rights, Instant at) {
    Derivation all{"rights in " + idea_text(rights.idea().id),
                   crowdrules::to_text(at),
                   "the last record of each right",
                   {},
                   {},
                   {}};
    for (const Right right : {Right::title, Right::licence, Right::royalty})
        if (const RightsRecord* record = rights.held(right, at))
            all.from.push_back({std::string(to_text(right)),
                                to_text(record->holders),
                                happened_on(*record),
                                record->rule,
                                record->citation,
                                {}});
    return all;
}

}  // namespace crowdrules::community
