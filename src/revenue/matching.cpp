// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/accrual.hpp>
#include <crowdrules/revenue/matching.hpp>

#include "core/enumerators.hpp"
#include "money/wide.hpp"
#include "reason/refusal.hpp"
#include <algorithm>
#include <bit>
#include <limits>

namespace crowdrules::revenue {
namespace {

__extension__ typedef unsigned __int128 UInt128;

/// a x b / c, rounded once. Expects: c > 0.
Money proportion(Money a, Money b, Money c, Rounding rounding) {
    expects(rounding.step >= 1, "a rounding step of at least 1 minor unit");
    const Wide steps = divide(Wide(a.minor()) * b.minor(), Wide(c.minor()) * rounding.step, rounding.mode);
    return Money(to_int64(steps * rounding.step, "a proportional amount leaves 64 bits"), a.currency());
}

int bit_width(UInt128 value) noexcept {
    const auto high = static_cast<std::uint64_t>(value >> 64);
    return static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(static_cast<std::uint64_t>(value)));
}

/// The largest integer whose square is at most `value`: Newton's method from above, which only falls until it is there.
/// It starts from the root of the upper half of the digits, which leaves one or two steps.
template <class Unsigned>
Unsigned root(Unsigned value, int bits) noexcept {
    if (bits <= 2) return value == 0 ? 0 : 1;
    const int shift = (bits / 2 + 1) / 2 * 2;  // even, so that the root is shifted by whole digits
    auto guess = static_cast<Unsigned>((root<Unsigned>(value >> shift, bits - shift) + 1) << (shift / 2));
    while (true) {
        const auto next = static_cast<Unsigned>((guess + value / guess) / 2);
        if (next >= guess) return guess;
        guess = next;
    }
}

UInt128 integer_root(UInt128 value) noexcept {
    const int bits = bit_width(value);
    if (bits <= 62) return root(static_cast<std::uint64_t>(value), bits);
    // The upper half fits in 64 bits, where a division costs a fraction.
    const int shift = (bits - 61) / 2 * 2;
    UInt128 guess = (UInt128{root(static_cast<std::uint64_t>(value >> shift), bits - shift)} + 1) << (shift / 2);
    while (true) {
        const UInt128 next = (guess + value / guess) / 2;
        if (next >= guess) return guess;
        guess = next;
    }
}

bool is_at_least_zero(const std::optional<Money>& amount, Currency currency) {
    return !amount || (amount->currency() == currency && !amount->is_negative());
}

std::string amounts_of(Currency currency) {
    return "amounts of " + std::string(currency.code()) + " from zero up";
}

}  // namespace

// ------------------------------------------------------------------------------------------------------ by a factor

std::string_view to_text(MatchLimit limit) noexcept {
    return detail::phrase_of(limit, {"nothing", "the cap of a contribution", "the cap of the project",
                                     "the contributions that a backer has matched", "what the sponsors have left",
                                     "a mark that is not reached", "a lump that is added once"});
}

Result<MatchPool, Findings> MatchPool::of(std::vector<Sponsor> sponsors) {
    Findings findings;
    if (sponsors.empty()) return failure(Findings{refusal("match.sponsors", "no sponsors", "at least one sponsor")});
    std::set<PayeeId> known;
    for (const Sponsor& sponsor : sponsors) {
        const Currency currency = sponsors.front().left.currency();
        if (sponsor.payee.is_none() || !known.insert(sponsor.payee).second)
            findings.push_back(refusal("match.sponsors", to_text(sponsor.payee) + " is nobody, or stands there twice",
                                       "each sponsor once"));
        if (sponsor.left.currency() != currency || sponsor.left.is_negative())
            findings.push_back(refusal("match.sponsors", to_text(sponsor.payee) + " has " + to_text(sponsor.left),
                                       amounts_of(currency)));
    }
    if (!findings.empty()) return failure(std::move(findings));
    return MatchPool(std::move(sponsors));
}

Money MatchPool::left() const {
    Money sum = Money::zero(sponsors_.front().left.currency());
    for (const Sponsor& sponsor : sponsors_) sum += sponsor.left;
    return sum;
}

Money MatchPool::matched(PayeeId project) const {
    const auto found = matched_.find(project);
    return found == matched_.end() ? Money::zero(sponsors_.front().left.currency()) : found->second;
}

void MatchPool::draw(Match& match, Split split) {
    const Money all = left();
    if (match.matched > all) {
        match.matched = all;
        match.limit = MatchLimit::pool;
    }
    if (match.matched.is_zero()) return;
    std::vector<Weight> weights;
    for (const Sponsor& sponsor : sponsors_) weights.push_back(sponsor.left.minor());
    const auto overdraws = [&](const std::vector<Money>& parts) {
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (parts[i] > sponsors_[i].left) return true;
        return false;
    };
    std::vector<Money> parts = allocate(match.matched, weights, split);
    // Shares of what is left never exceed it by whole cents: cut + 1 is at most what is left unless all is drawn.
    if (overdraws(parts)) parts = allocate(match.matched, weights, {AllocationMethod::largest_remainder});
    Money& of_project = matched_.try_emplace(match.project, Money::zero(all.currency())).first->second;
    of_project += match.matched;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        match.parts.push_back({sponsors_[i].payee, weights[i], parts[i], false});
        sponsors_[i].left -= parts[i];
    }
}

namespace {

Finding step_refused(Split between_sponsors, const Citation& citation) {
    return refusal("match.between_sponsors",
                   "parts of the sponsors in steps of " + std::to_string(between_sponsors.step) + " minor units",
                   "steps of at least 1", citation);
}

}  // namespace

Result<Match, Finding> MatchPool::match(const MatchTerms& terms, PayeeId project, BackerId backer, Money contribution) {
    const Currency currency = sponsors_.front().left.currency();
    if (project.is_none() || backer.is_none())
        return failure(refusal("match.contribution",
                               project.is_none() ? "a contribution to nobody" : "a contribution of nobody",
                               "a project and a backer, each a number above 0", terms.citation));
    if (contribution.currency() != currency || !contribution.is_positive())
        return failure(refusal("match.contribution", "a contribution of " + to_text(contribution),
                               "positive amounts of " + std::string(currency.code()), terms.citation));
    if (terms.factor.is_negative() || !is_at_least_zero(terms.per_contribution, currency) ||
        !is_at_least_zero(terms.per_project, currency))
        return failure(refusal("match.terms", "a factor of " + to_text(terms.factor) + " or a cap out of range",
                               "a factor from zero up, caps as " + amounts_of(currency), terms.citation));
    if (terms.between_sponsors.step < 1) return failure(step_refused(terms.between_sponsors, terms.citation));
    const Money nothing = Money::zero(currency);
    Match result{project, nothing, nothing, MatchLimit::none, {}, terms.citation};
    Money counts = contribution;
    const auto limit_to = [&result](Money& amount, Money most, MatchLimit limit) {
        if (amount <= most) return;
        amount = most;
        result.limit = limit;
    };
    if (terms.per_contribution) limit_to(counts, *terms.per_contribution, MatchLimit::contribution);
    result.asked = result.matched = counts.times(terms.factor, terms.rounding);
    if (terms.per_project)
        limit_to(result.matched, std::max(*terms.per_project - matched(project), nothing), MatchLimit::project);
    std::size_t& given = contributions_[{project, backer}];
    if (terms.contributions_per_backer && given >= *terms.contributions_per_backer)
        limit_to(result.matched, nothing, MatchLimit::backer);
    draw(result, terms.between_sponsors);
    ++given;
    return result;
}

Result<Match, Finding> MatchPool::match_lump(const LumpTerms& terms, PayeeId project, Money raised, Money target,
                                             std::size_t backers) {
    const Currency currency = sponsors_.front().left.currency();
    if (project.is_none())
        return failure(refusal("match.lump", "a lump for nobody", "a project, a number above 0", terms.citation));
    for (const std::optional<Money>& amount :
         {std::optional(terms.lump), std::optional(raised), std::optional(target), terms.at_amount})
        if (!is_at_least_zero(amount, currency))
            return failure(
                refusal("match.lump", "an amount of " + to_text(*amount), amounts_of(currency), terms.citation));
    if (!terms.at_share && !terms.at_amount && terms.at_backers == 0)
        return failure(refusal("match.lump", "no mark at which it is added",
                               "a share, an amount or a number of backers", terms.citation));
    if (terms.between_sponsors.step < 1) return failure(step_refused(terms.between_sponsors, terms.citation));
    const Money nothing = Money::zero(currency);
    Match result{project, terms.lump, terms.lump, MatchLimit::none, {}, terms.citation};
    const bool reached = (!terms.at_share || raised.units() >= target.units() * *terms.at_share) &&
                         (!terms.at_amount || raised >= *terms.at_amount) && backers >= terms.at_backers;
    if (!reached || had_lump_.contains(project)) {
        result.matched = nothing;
        result.limit = reached ? MatchLimit::once : MatchLimit::not_reached;
        return result;
    }
    draw(result, terms.between_sponsors);
    had_lump_.insert(project);
    return result;
}

Derivation explain(const Match& match) {
    Derivation matched{"matched",
                       to_grouped_text(match.matched),
                       "of " + to_grouped_text(match.asked) + " asked; limited by " + std::string(to_text(match.limit)),
                       "match",
                       match.citation,
                       {}};
    for (const SharePart& part : match.parts)
        matched.from.push_back(
            {to_text(part.payee), to_grouped_text(part.amount), "by what the sponsor had left", {}, {}, {}});
    return matched;
}

// -------------------------------------------------------------------------------------------------------- quadratic

namespace {

std::optional<Finding> defect_of(const QuadraticTerms& terms) {
    const Currency currency = terms.pool.currency();
    if (terms.pool.is_negative() || !is_at_least_zero(terms.cap, currency) ||
        !is_at_least_zero(terms.minimum, currency))
        return refusal("quadratic.pool", "a pool, cap or minimum below zero or of another currency",
                       amounts_of(currency), terms.citation);
    if (terms.root_digits > 9 || terms.weight_digits > 2 * terms.root_digits || terms.alpha_digits < 1 ||
        terms.alpha_digits > 18)
        return refusal("quadratic.digits",
                       std::to_string(terms.root_digits) + " decimals of roots, " +
                           std::to_string(terms.weight_digits) + " of weights, " + std::to_string(terms.alpha_digits) +
                           " of alpha",
                       "0 to 9, at most twice as many, and 1 to 18", terms.citation);
    return std::nullopt;
}

struct Given {
    PayeeId project;
    BackerId backer;
    std::int64_t amount;

    friend bool operator<(const Given& a, const Given& b) {
        return a.project != b.project ? a.project < b.project : a.backer < b.backer;
    }
};

/// The contributions that count, by project and backer.
Result<std::vector<Given>, Finding> counted_and_ordered(const QuadraticTerms& terms,
                                                        std::span<const QuadraticContribution> contributions) {
    std::vector<Given> given;
    given.reserve(contributions.size());
    for (const QuadraticContribution& contribution : contributions) {
        if (contribution.project.is_none() || contribution.backer.is_none() || !contribution.amount.is_positive() ||
            contribution.amount.currency() != terms.pool.currency())
            return failure(
                refusal("quadratic.contribution",
                        to_text(contribution.amount) + " from backer " + std::to_string(contribution.backer.value) +
                            " to " + to_text(contribution.project),
                        "positive amounts of " + std::string(terms.pool.currency().code()) + ", from and to somebody",
                        terms.citation));
        if (terms.minimum && contribution.amount < *terms.minimum) continue;
        given.push_back({contribution.project, contribution.backer, contribution.amount.minor()});
    }
    if (!std::is_sorted(given.begin(), given.end())) std::sort(given.begin(), given.end());
    return given;
}

/// Adds up one project: its backers, and the roots of what each of them gave in all.
struct ProjectSum {
    std::size_t backers = 0;
    std::int64_t contributed = 0;
    UInt128 roots = 0;
    // Where every amount times the first is a square, as where all are equal, the square of the sum of their roots is
    // a whole number, and nothing is cut: it is the square of the sum of the roots of those products, over the first.
    UInt128 first = 0;
    UInt128 of_products = 0;
    bool is_exact = true;

    void add_backer(std::int64_t amount, UInt128 scale) {
        const auto given = static_cast<UInt128>(amount);
        if (backers++ == 0) first = given;
        roots += integer_root(given * scale);
        if (!is_exact) return;
        const UInt128 product = given * first;
        const UInt128 root_of_product = given == first ? given : integer_root(product);
        is_exact = root_of_product * root_of_product == product;
        of_products += root_of_product;
    }
};

void add(std::int64_t& sum, std::int64_t amount) {
    if (__builtin_add_overflow(sum, amount, &sum)) throw Overflow("the contributions to a project leave 64 bits");
}

Wide wide_of(UInt128 value) {
    return (Wide(static_cast<std::uint64_t>(value >> 64)) << 64) | static_cast<std::uint64_t>(value);
}

/// (sum of roots)^2 - sum, in 10^-weight_digits minor units, or nothing beyond 64 bits.
std::optional<Weight> weight_of(const ProjectSum& sum, const QuadraticTerms& terms) {
    if (sum.backers < 2) return 0;
    Wide weight = 0;
    if (sum.is_exact) {
        const Wide of_products = wide_of(sum.of_products);
        weight =
            (of_products * of_products / wide_of(sum.first) - sum.contributed) * wide_power_of_ten(terms.weight_digits);
    } else {
        const Wide roots = wide_of(sum.roots);
        const Wide raw = roots * roots - Wide(sum.contributed) * wide_power_of_ten(2 * terms.root_digits);
        if (raw > 0) weight = raw / wide_power_of_ten(2 * terms.root_digits - terms.weight_digits);
    }
    if (weight > std::numeric_limits<Weight>::max()) return std::nullopt;
    return static_cast<Weight>(weight);
}

/// The pool, divided by weights in one of the ways to treat dust; nothing is capped here.
std::vector<Money> divided(Money pool, const std::vector<Weight>& weights, Weight total, const QuadraticTerms& terms) {
    switch (terms.dust) {
        case QuadraticDust::handed_out:
            return allocate(pool, weights, {AllocationMethod::largest_remainder});
        case QuadraticDust::cut:
            return apportion(pool, weights, 1, false).parts;
        case QuadraticDust::alpha:
            break;
    }
    const Wide scale = wide_power_of_ten(terms.alpha_digits);
    const Wide alpha = Wide(pool.minor()) * scale / total;
    std::vector<Money> parts;
    for (const Weight weight : weights)
        parts.emplace_back(static_cast<std::int64_t>(alpha * weight / scale), pool.currency());
    return parts;
}

/// Matches of a pool that the weights exhaust. What is above the cap goes round again, until nobody is above it.
void match_all(const QuadraticTerms& terms, const std::vector<Weight>& weights, std::vector<ProjectMatch>& projects) {
    std::vector<Weight> open = weights;
    Money pool = terms.pool;
    while (true) {
        Weight total = 0;
        for (const Weight weight : open) total += weight;  // no more than their sum, which was checked
        if (total == 0) return;
        const std::vector<Money> parts = divided(pool, open, total, terms);
        bool is_any_above = false;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (open[i] == 0) continue;
            projects[i].matched = parts[i];
            if (!terms.cap || parts[i] <= *terms.cap) continue;
            projects[i].matched = *terms.cap;
            projects[i].is_capped = is_any_above = true;
            open[i] = 0;
            pool -= *terms.cap;
        }
        if (!is_any_above) return;
    }
}

/// Matches of a pool that has more than the weights ask for.
void match_as_earned(const QuadraticTerms& terms, std::vector<ProjectMatch>& projects) {
    for (ProjectMatch& project : projects) {
        project.matched = money_of(project.weight, terms.pool.currency(), {RoundingMode::down});
        project.is_capped = terms.cap && project.matched > *terms.cap;
        if (project.is_capped) project.matched = *terms.cap;
    }
}

}  // namespace

Result<QuadraticOutcome, Finding> match_quadratic(const QuadraticTerms& terms,
                                                  std::span<const QuadraticContribution> contributions) {
    if (auto defect = defect_of(terms)) return failure(std::move(*defect));
    auto given = counted_and_ordered(terms, contributions);
    if (!given) return failure(std::move(given.error()));

    const Currency currency = terms.pool.currency();
    const Money nothing = Money::zero(currency);
    UInt128 scale = 1;
    for (unsigned i = 0; i < 2 * terms.root_digits; ++i) scale *= 10;
    const unsigned weight_scale = currency.digits() + terms.weight_digits;

    QuadraticOutcome outcome{{}, {}, nothing, terms.pool, terms.citation};
    std::vector<Weight> weights;
    Weight total = 0;
    for (std::size_t at = 0; at < given->size();) {
        const PayeeId project = (*given)[at].project;
        ProjectSum sum;
        while (at < given->size() && (*given)[at].project == project) {
            const BackerId backer = (*given)[at].backer;
            std::int64_t amount = 0;
            for (; at < given->size() && (*given)[at].project == project && (*given)[at].backer == backer; ++at)
                add(amount, (*given)[at].amount);
            add(sum.contributed, amount);
            sum.add_backer(amount, scale);
        }
        const std::optional<Weight> weight = weight_of(sum, terms);
        if (!weight || __builtin_add_overflow(total, *weight, &total))
            return failure(refusal("quadratic.weight_digits",
                                   "weights with " + std::to_string(terms.weight_digits) + " decimals leave 64 bits",
                                   "fewer decimals", terms.citation));
        weights.push_back(*weight);
        outcome.projects.push_back({project, sum.backers, Money(sum.contributed, currency),
                                    Decimal::of(*weight, weight_scale), nothing, false});
    }
    outcome.weight = Decimal::of(total, weight_scale);
    if (terms.saturation == Saturation::as_earned && outcome.weight <= terms.pool.units())
        match_as_earned(terms, outcome.projects);
    else
        match_all(terms, weights, outcome.projects);
    for (const ProjectMatch& project : outcome.projects) outcome.distributed += project.matched;
    outcome.left = terms.pool - outcome.distributed;
    return outcome;
}

Money counted(Money value, Money given, Money cap, Rounding rounding) {
    expects(given.is_positive() && cap.is_positive(), "counted: a contribution and a cap above zero");
    return given <= cap ? value : proportion(value, cap, given, rounding);
}

Derivation explain(const QuadraticOutcome& outcome) {
    Derivation all{"matched",
                   to_grouped_text(outcome.distributed),
                   to_grouped_text(outcome.left) + " left in the pool",
                   "quadratic",
                   outcome.citation,
                   {}};
    for (const ProjectMatch& project : outcome.projects)
        all.from.push_back({to_text(project.project),
                            to_grouped_text(project.matched),
                            "weight " + to_text(project.weight) + " of " + to_text(outcome.weight) + ", from " +
                                std::to_string(project.backers) + " backers who gave " +
                                to_grouped_text(project.contributed) + (project.is_capped ? ", at the cap" : ""),
                            {},
                            {},
                            {}});
    return all;
}

// ------------------------------------------------------------------------------------------------------- crowdmatch

Decimal crowdmatch(const Decimal& per_patron, std::int64_t patrons, Money limit) {
    expects(!per_patron.is_negative() && patrons >= 0 && !limit.is_negative(), "crowdmatch: figures from zero up");
    return std::min(per_patron * Decimal(patrons), limit.units());
}

GoalMatch crowdmatch_to_goal(Money pledge, Money crowd, Money goal, Rounding rounding) {
    expects(!pledge.is_negative() && !crowd.is_negative() && goal.is_positive(),
            "crowdmatch_to_goal: a pledge and a crowd from zero up, and a goal above zero");
    expects(pledge.currency() == goal.currency(), "crowdmatch_to_goal: amounts of one currency");
    const Money donation = proportion(pledge, std::min(crowd, goal), goal, rounding);
    return {donation, pledge - donation};
}

}  // namespace crowdrules::revenue
