// SPDX-License-Identifier: BSL-1.0
// Plan runner: the parts of a plan as they stand, and what a line does to them.
#pragma once

#include <crowdrules/stories/plan/book.hpp>
#include <crowdrules/stories/plan/plan.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace crowdrules::detail {

struct LiveRoyalty {
    revenue::RoyaltyContract contract;
};
struct LiveSplit {
    revenue::Sharing sharing;
};
struct LiveWaterfall {
    revenue::Waterfall waterfall;
};
struct LiveFund {
    std::vector<revenue::FundFlow> flows;
    bool settled = false;
};
struct LiveNote {
    revenue::RevenueNote note;
};
struct LiveMatch {
    struct Raised {
        Money amount;
        std::size_t backers = 0;
    };
    revenue::MatchPool pool;
    std::map<std::string, Raised> raised{};
};
struct LiveQuadratic {
    std::vector<revenue::QuadraticContribution> gifts;
};
struct LiveCrowdmatch {
    std::vector<GiftLine> pledges;
};

/// One part, and how many times something was decided in it.
struct LivePart {
    std::variant<LiveRoyalty, LiveSplit, LiveWaterfall, LiveFund, LiveNote, LiveMatch, LiveQuadratic, LiveCrowdmatch>
        state;
    std::uint32_t decided = 0;
};

using PlanEntries = std::vector<PlanEntry>;

/// Carries out lines. What a line changes is kept until it is accepted whole, so that a refusal leaves no trace.
class PlanRunner {
  public:
    /// Expects: a plan that parse_plan gave.
    explicit PlanRunner(const RevenuePlan& plan);

    /// The entries of a line that is accepted, in order: the line's own, then what follows in other parts.
    Result<PlanEntries, Finding> carry_out(const PlanLine& line);

    /// What a payee is owed by the distribution; zero without one.
    [[nodiscard]] Decimal balance(revenue::PayeeId payee) const;

  private:
    /// What is given to another part, which shares it further.
    struct Fed {
        std::size_t part;
        Money amount;
    };

    // Each returns what refuses the line.
    using Refused = std::optional<Finding>;
    Refused act(const std::monostate&) { return {}; }
    Refused act(const SaleLine& line);
    Refused act(const AdvanceLine& line);
    Refused act(const SettleLine& line);
    Refused act(const BuyOutLine& line);
    Refused act(const MoneyLine& line);
    Refused act(const GiftLine& line);
    Refused act(const LumpLine& line);
    Refused act(const DisputedLine& line);
    Refused act(const DisputeSettledLine& line);
    Refused act(const SplitChangeLine& line);
    Refused act(const EarningLine& line);
    Refused act(const PayOutLine& line);
    Refused act(const RemoveLine& line);

    Refused settle(std::size_t part, LiveRoyalty& live);
    Refused settle(std::size_t part, LiveNote& live, const SettleLine& line);
    Refused settle(std::size_t part, LiveFund& live);
    Refused settle(std::size_t part, LiveQuadratic& live);
    Refused settle(std::size_t part, LiveCrowdmatch& live);
    Refused share(std::size_t part, const std::string& item, Date sold_on, Money amount, bool from_outside);
    Refused run_down(std::size_t part, Money amount, bool from_outside);
    void book_account(const revenue::AccountStatement& account, const std::string& prefix);
    void book_payment(const revenue::WaterfallPayment& payment, const std::string& prefix);
    void book_period(std::size_t part, const revenue::NotePeriod& period);
    void book_statement(const revenue::PayeeStatement& statement, PlanEntry& entry);
    void book_match(std::size_t part, const revenue::Match& match);
    void book_differences(std::size_t part, const std::vector<revenue::SharePart>& parts);

    /// The part, which can be taken back from now on.
    template <class Live>
    Live& touch(std::size_t part) {
        saved_.try_emplace(part, parts_[part]);
        return std::get<Live>(parts_[part].state);
    }
    /// A list of the part that only grows, to which one more is put; a copy of it for each line would take a time that
    /// grows with the square of the list.
    template <class Live, class Item>
    void append(std::size_t part, std::vector<Item> Live::* list, const Item& item) {
        (std::get<Live>(parts_[part].state).*list).push_back(item);
        appended_.push_back([this, part, list] { (std::get<Live>(parts_[part].state).*list).pop_back(); });
    }

    [[nodiscard]] const std::string& name_of(revenue::PayeeId payee) const { return plan_.names[payee.value - 1]; }
    [[nodiscard]] std::string named(revenue::PayeeId payee) const {
        return payee.is_none() ? "everybody" : name_of(payee);
    }
    [[nodiscard]] revenue::PayeeId id_of(const std::string& name) const;
    [[nodiscard]] Money nothing() const { return Money::zero(plan_.currency); }

    /// Begins an entry; `decides` counts it.
    void begin(std::size_t part, std::string what, bool decides);
    void add(const std::string& name, Money amount, PlanTally tally = PlanTally::sum);
    void add(const std::string& name, PlanValue value, PlanTally tally);
    void move(const std::string& from, const std::string& to, const Decimal& amount);
    void move(const std::string& from, const std::string& to, Money amount) { move(from, to, amount.units()); }
    /// Gives `amount` (or with a negative one takes it back) from a part to a name: a part, or a payee who is paid.
    Refused give(std::size_t part, const std::string& to, Money amount,
                 revenue::EarningKind kind = revenue::EarningKind::earned);
    Refused give(std::size_t part, revenue::PayeeId to, Money amount) { return give(part, name_of(to), amount); }
    Refused book(const revenue::Earning& earning);
    void because(Derivation why);

    const RevenuePlan& plan_;
    std::map<std::string, revenue::PayeeId> ids_;
    std::map<std::string, std::size_t> places_;
    std::vector<LivePart> parts_;
    std::optional<revenue::Distribution> distribution_;
    std::uint32_t paid_out_ = 0;  ///< statements of the distribution so far
    std::map<std::string, BackerId> backers_;
    std::uint64_t strangers_ = 0;  ///< backers without a name

    // Of the line that is being carried out.
    Date on_{};
    PlanEntries entries_;
    std::unordered_map<std::string, std::size_t> places_in_entry_;  ///< of the figures of one entry
    std::size_t places_of_entry_ = 0;                               ///< which, from 1
    std::vector<Fed> fed_;
    std::map<std::size_t, LivePart> saved_;
    /// What was earned by each payee under each reference of each day: told again it is the same, or a mistake.
    std::map<std::tuple<std::uint64_t, std::string, Date>, Decimal> told_;
    std::vector<std::function<void()>> appended_;  ///< how each is taken back
};

}  // namespace crowdrules::detail
