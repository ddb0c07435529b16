// SPDX-License-Identifier: BSL-1.0
// Rights: who holds which right in an idea, from when, by which event and rule.
//
//   2012-01-09   submitted    title: Anna             licence to consider: the company       terms, section "ideas"
//   2012-02-20   accepted     title: the company      the licence ends in it
//   2012-09-01   not made     title: Anna 40, Ben 55, Chris 5 of 100, all who took part
//   title on 2012-05-01?      the company, by acceptance on 2012-02-20
//
// Title is held from submission on, for ever: at every instant by exactly one holder, which may be a group whose parts
// total exactly what they must. A licence to consider begins with submission and ends with title, withdrawal or return;
// a royalty begins when a product is made and survives everything after. The register only grows: what was so
// on a day is so for ever. Quirky took title on acceptance (quirky.com/about/ip, 2012-15), later on submission already
// (terms of 2016-06-16): by era, a named choice.
#pragma once

#include <crowdrules/community/idea.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/revenue/share.hpp>
#include <crowdrules/time/window.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::community {

enum class Right : std::uint8_t {
    title,    ///< the idea is theirs
    licence,  ///< to consider, show and comment on it
    royalty,  ///< a part of what its product earns
};
enum class RightsEvent : std::uint8_t {
    submitted,    ///< title to the submitter, licence to the company; by later terms title to the company
    accepted,     ///< title to the company
    withdrawn,    ///< title with the submitter, the licence ends
    made,         ///< royalty to all who took part
    returned,     ///< development failed or its window passed: title to all who took part
    reacquired,   ///< the submitter has bought the title back
    shared_anew,  ///< a bucket came later: the royalty to all who have a part in it now
};
[[nodiscard]] std::string_view to_text(Right right) noexcept;
[[nodiscard]] std::string_view to_text(RightsEvent event) noexcept;

/// Who holds a right: one, or several together in parts of a whole.
struct Holders {
    std::vector<revenue::Share> shares;
    Weight whole = 1;  ///< what the parts total exactly

    bool operator==(const Holders&) const = default;
};
/// A single holder.
[[nodiscard]] Holders sole(revenue::PayeeId holder);
/// Everything that forbids `holders`: nobody; a payee without id or twice; a part that is not above 0; parts that do
/// not total `whole`.
[[nodiscard]] Findings defects_of(const Holders& holders);
/// "payee 7", "payee 1 40, payee 2 60 of 100".
[[nodiscard]] std::string to_text(const Holders& holders);

/// When title passes to the company.
enum class Assignment : std::uint8_t { on_acceptance, on_submission };
[[nodiscard]] std::string_view to_text(Assignment assignment) noexcept;

struct RightsTerms {
    revenue::PayeeId company;
    Assignment assignment = Assignment::on_acceptance;
    bool may_withdraw = true;                ///< the submitter, while the idea is not accepted
    bool may_reacquire = true;               ///< the submitter, when it was accepted but not made
    std::optional<Elapsed> return_window{};  ///< so long after acceptance without being made it may be returned
    Citation citation{};

    bool operator==(const RightsTerms&) const = default;
};
/// Everything that forbids `terms`: no company; a return window of no time.
[[nodiscard]] Findings defects_of(const RightsTerms& terms);

/// Why title goes back to all who took part.
enum class ReturnReason : std::uint8_t { development_failed, window_passed };
[[nodiscard]] std::string_view to_text(ReturnReason reason) noexcept;

/// One line of the register. `holders` without shares: the right ends.
struct RightsRecord {
    Instant at;
    Right right = Right::title;
    RightsEvent by = RightsEvent::submitted;
    Holders holders;
    std::string rule;  ///< "rights.assignment: on_acceptance"
    Citation citation{};

    bool operator==(const RightsRecord&) const = default;
};

/// One unbroken time during which a right was held by the same.
struct Custody {
    Right right = Right::title;
    Window period;
    Holders holders;
    RightsEvent by = RightsEvent::submitted;
    std::string rule;
    Citation citation{};

    bool operator==(const Custody&) const = default;
};

/// The register of one idea. Append-only; every refusal leaves it as it was.
///
/// Each operation refuses an instant before the last record; where title went by an event, the refusal names it.
class RightsRegister {
  public:
    /// Refuses: what defects_of refuses; an idea without id or submitter; a submitter who is the company.
    [[nodiscard]] static Result<RightsRegister, Findings> of(RightsTerms terms, const Idea& idea);

    /// Refuses: an idea that was accepted before, withdrawn or returned.
    Result<void, Finding> accept(Instant at);
    /// Refuses: terms under which nothing is withdrawn; an idea that was accepted or withdrawn; another member than the
    ///   submitter.
    Result<void, Finding> withdraw(Instant at, MemberId by);
    /// The product is on sale: the royalty is its holders' for ever. Refuses: an idea that was not accepted or whose
    /// title went back; a product made before; defective holders.
    Result<void, Finding> make(Instant at, Holders royalty);
    /// The royalty goes to other holders from now on: a bucket came later. Refuses: a product that was not made;
    /// defective holders.
    Result<void, Finding> share_anew(Instant at, Holders royalty);
    /// Refuses: title that is not the company's by acceptance; a product that was made; a window that is not agreed or
    ///   has not passed, where that is the reason; defective holders, the company among them.
    Result<void, Finding> give_back(Instant at, ReturnReason reason, Holders to);
    /// Refuses: terms under which nothing is acquired back; title that is not the company's by acceptance; a product
    ///   that was made; another member than the submitter.
    Result<void, Finding> reacquire(Instant at, MemberId by);

    [[nodiscard]] const RightsTerms& terms() const noexcept { return terms_; }
    [[nodiscard]] const Idea& idea() const noexcept { return idea_; }
    [[nodiscard]] const std::vector<RightsRecord>& records() const noexcept { return records_; }
    /// The record by which `right` was held at `at`; null when there was no such right. Of two records at one instant
    /// the later one holds.
    [[nodiscard]] const RightsRecord* held(Right right, Instant at) const;
    /// When the title may go back because the product was not made in time; none when no window runs.
    [[nodiscard]] std::optional<Instant> return_due() const;
    /// The proof: who held `right` when, period after period. Ensures: each period begins where the one before it
    /// ended, so that no instant has two holders and none between the first and the last has nobody; title begins with
    /// submission and has no end.
    [[nodiscard]] std::vector<Custody> custody(Right right) const;

    bool operator==(const RightsRegister&) const = default;

  private:
    RightsRegister(RightsTerms terms, const Idea& idea) : terms_(std::move(terms)), idea_(idea) {}
    [[nodiscard]] const RightsRecord* last(Right right) const;
    [[nodiscard]] const RightsRecord* first(RightsEvent event) const;
    /// Refuses: an instant before the last record; an event that must not have happened; no acceptance, when needed.
    [[nodiscard]] Result<void, Finding> may_follow(const std::string& rule, Instant at,
                                                   std::initializer_list<RightsEvent> forbidden,
                                                   bool needs_acceptance = false) const;
    [[nodiscard]] Result<void, Finding> is_submitter(const std::string& rule, MemberId by) const;
    void append(Instant at, Right right, RightsEvent by, Holders holders, std::string rule);

    RightsTerms terms_;
    Idea idea_;
    std::vector<RightsRecord> records_;
};

/// Who holds what at `at`, and by which event and rule.
[[nodiscard]] Derivation explain(const RightsRegister& rights, Instant at);

}  // namespace crowdrules::community
