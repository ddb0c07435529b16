// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/influence.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include "community/naming.hpp"
#include "core/enumerators.hpp"
#include "money/wide.hpp"
#include "reason/refusal.hpp"
#include <algorithm>
#include <limits>
#include <set>

namespace crowdrules::community {
namespace {

using Fraction = boost::multiprecision::cpp_rational;
using Integer = boost::multiprecision::cpp_int;

const Integer largest_weight = std::numeric_limits<Weight>::max();

Fraction to_fraction(const Decimal& decimal) {
    return {Integer(to_wide(decimal.coefficient())), Integer(wide_power_of_ten(decimal.scale()))};
}

/// Whole numbers in exactly the proportion of `fractions`, which are not negative, and their total; nothing when that
/// leaves 64 bits.
struct Scaled {
    std::vector<Weight> weights;
    Weight total = 0;
};
std::optional<Scaled> scaled(const std::vector<Fraction>& fractions) {
    Integer multiple = 1;
    for (const Fraction& fraction : fractions) multiple = lcm(multiple, denominator(fraction));
    std::vector<Integer> exact;
    Integer common = 0, total = 0;
    for (const Fraction& fraction : fractions) {
        exact.push_back(numerator(fraction) * (multiple / denominator(fraction)));
        common = gcd(common, exact.back());
        total += exact.back();
    }
    if (common == 0) common = 1;
    if (total / common > largest_weight) return std::nullopt;
    Scaled result{{}, static_cast<Weight>(total / common)};
    for (const Integer& weight : exact) result.weights.push_back(static_cast<Weight>(weight / common));
    return result;
}

/// The same for units, which are rounded anyway: beyond 64 bits, the fractions of 2^62, cut.
std::vector<Weight> weights_for_units(const std::vector<Fraction>& fractions) {
    if (std::optional<Scaled> exact = scaled(fractions)) return std::move(exact->weights);
    Fraction total = 0;
    for (const Fraction& fraction : fractions) total += fraction;
    std::vector<Weight> weights;
    for (const Fraction& fraction : fractions) {
        const Fraction of_whole = fraction / total * Fraction(Integer(1) << 62);
        weights.push_back(static_cast<Weight>(Integer(numerator(of_whole) / denominator(of_whole))));
    }
    return weights;
}

std::vector<Weight> allocated(Weight whole, const std::vector<Weight>& weights, AllocationMethod spare) {
    std::vector<Weight> parts(weights.size());
    allocate_into(whole, weights, {spare}, parts);
    return parts;
}

/// What a payee has of a bucket, as a fraction of the claims on it.
struct Claimant {
    revenue::PayeeId payee;
    Fraction size;
};
struct ClaimedBucket {
    const Bucket* bucket;
    std::vector<Claimant> claimants;
    bool unclaimed = false;
};

bool counts_once(BucketRule rule) {
    return rule == BucketRule::equal || rule == BucketRule::raters;
}

/// Who has a claim above nothing, by payee.
std::vector<Claimant> claimants_of(BucketRule rule, const std::vector<Claim>& claims) {
    std::map<revenue::PayeeId, Fraction> sizes;
    for (const Claim& claim : claims) {
        if (claim.parts == 0) continue;
        Fraction& size = sizes[claim.member];
        size = counts_once(rule) ? Fraction(1) : Fraction(size + Fraction(claim.parts, claim.of));
    }
    std::vector<Claimant> claimants;
    for (auto& [payee, size] : sizes) claimants.push_back({payee, std::move(size)});
    return claimants;
}

void check_claims(const InfluenceTerms& terms, const Claims& claims, Findings& findings) {
    for (const auto& [name, list] : claims) {
        const auto has_name = [&](const Bucket& bucket) { return bucket.name == name; };
        if (std::none_of(terms.buckets.begin(), terms.buckets.end(), has_name))
            findings.push_back(refusal("influence." + name, "a claim on a bucket that the product does not have",
                                       "a bucket of the product"));
        for (const Claim& claim : list)
            if (claim.member.is_none() || claim.parts < 0 || claim.of < 1) {
                findings.push_back(refusal("influence." + name,
                                           "a claim of " + std::to_string(claim.parts) + "/" +
                                               std::to_string(claim.of) + " by " + member_text(claim.member),
                                           "claims of members, of at least 0"));
                break;
            }
    }
}

/// The exact share of each bucket, once the policy for what nobody claims has been applied. Buckets without claims are
/// given to the policy's payee, or left out.
Result<std::vector<std::pair<ClaimedBucket, Fraction>>, Findings> divided(const InfluenceTerms& terms,
                                                                          const Claims& claims) {
    std::vector<std::pair<ClaimedBucket, Fraction>> buckets;
    Fraction claimed = 0;
    for (const Bucket& bucket : terms.buckets) {
        const auto list = claims.find(bucket.name);
        ClaimedBucket one{&bucket, {}};
        if (list != claims.end()) one.claimants = claimants_of(bucket.rule, list->second);
        if (one.claimants.empty()) {
            if (terms.unclaimed->to == Unclaimed::to_other_buckets) continue;
            one.claimants.push_back({terms.unclaimed->payee, Fraction(1)});
            one.unclaimed = true;
        }
        claimed += to_fraction(bucket.share);
        buckets.emplace_back(std::move(one), to_fraction(bucket.share));
    }
    if (buckets.empty())
        return failure(Findings{refusal("influence.unclaimed", "nobody has a claim on any bucket",
                                        "a claim on one bucket, or a payee who has what is unclaimed")});
    for (auto& [bucket, share] : buckets) share /= claimed;
    return buckets;
}

Decimal total_share(const std::vector<Bucket>& buckets) {
    Decimal total;
    for (const Bucket& bucket : buckets) total = total + bucket.share;
    return total;
}

}  // namespace

std::string_view to_text(BucketRule rule) noexcept {
    return detail::enumerator_name(rule);
}

std::string_view to_text(Unclaimed unclaimed) noexcept {
    return detail::enumerator_name(unclaimed);
}

// --------------------------------------------------------------------------------------------------------------- terms

Findings defects_of(const InfluenceTerms& terms) {
    Findings findings;
    if (terms.buckets.empty())
        findings.push_back(refusal("influence.buckets", "nothing to share", "at least one bucket"));
    std::set<std::string> names;
    for (const Bucket& bucket : terms.buckets) {
        const std::string rule = "influence." + bucket.name;
        if (bucket.name.empty())
            findings.push_back(refusal("influence.buckets", "a bucket without a name", "a name for each"));
        else if (!names.insert(bucket.name).second)
            findings.push_back(refusal(rule, "two buckets have this name", "a name for each", bucket.citation));
        if (bucket.share <= Decimal(0))
            findings.push_back(
                refusal(rule, "a share of " + to_percent(bucket.share), "a share above 0%", bucket.citation));
    }
    if (!terms.buckets.empty() && total_share(terms.buckets) != Decimal(1))
        findings.push_back(refusal("influence.buckets", "the buckets total " + to_percent(total_share(terms.buckets)),
                                   "shares that total exactly 100%"));
    if (!terms.unclaimed)
        findings.push_back({FindingKind::missing,
                            "influence.unclaimed",
                            "nothing says what becomes of a bucket that nobody claims",
                            "to_payee, with the payee, or to_other_buckets",
                            {},
                            {}});
    else if ((terms.unclaimed->to == Unclaimed::to_payee) == terms.unclaimed->payee.is_none())
        findings.push_back(refusal("influence.unclaimed",
                                   terms.unclaimed->payee.is_none() ? "nobody is named to have what is unclaimed"
                                                                    : "a payee who is given nothing",
                                   "to_payee with a payee, or to_other_buckets without"));
    if (terms.units && terms.units->whole < 1)
        findings.push_back(
            refusal("influence.units", std::to_string(terms.units->whole) + " units in the whole", "at least 1"));
    return findings;
}

Result<InfluenceTerms, Findings> amended(const InfluenceTerms& terms, const BucketChange& change) {
    Findings findings;
    InfluenceTerms next = terms;
    const std::string rule = "influence." + change.added.name;
    Decimal total;
    std::set<std::string> cut_before;
    for (const BucketCut& cut : change.cuts) {
        total = total + cut.share;
        const auto bucket = std::find_if(next.buckets.begin(), next.buckets.end(),
                                         [&](const Bucket& known) { return known.name == cut.bucket; });
        if (bucket == next.buckets.end()) {
            findings.push_back(refusal(rule, "it takes from \"" + cut.bucket + "\", which is no bucket",
                                       "the names of other buckets", change.added.citation));
        } else if (!cut_before.insert(cut.bucket).second) {
            findings.push_back(
                refusal(rule, "it takes from \"" + cut.bucket + "\" twice", "each bucket once", change.added.citation));
        } else if (cut.share <= Decimal(0) || cut.share > bucket->share) {
            findings.push_back(refusal(rule,
                                       "it takes " + to_percent(cut.share) + " from \"" + cut.bucket +
                                           "\", which has " + to_percent(bucket->share),
                                       "more than 0%, at most what the bucket has", change.added.citation));
        } else {
            bucket->share = bucket->share - cut.share;
        }
    }
    if (total != change.added.share)
        findings.push_back(
            refusal(rule, "it has " + to_percent(change.added.share) + ", but others give up " + to_percent(total),
                    "cuts that total exactly what is added", change.added.citation));
    if (!findings.empty()) return failure(std::move(findings));
    // The name is looked for among all there were, those that gave up everything included.
    next.buckets.push_back(change.added);
    std::set<std::string> names;
    for (const Bucket& bucket : next.buckets)
        if (!names.insert(bucket.name).second)
            return failure(
                Findings{refusal(rule, "two buckets have this name", "a name for each", change.added.citation)});
    std::erase_if(next.buckets, [](const Bucket& bucket) { return bucket.share.is_zero(); });
    if (Findings defects = defects_of(next); !defects.empty()) return failure(std::move(defects));
    return next;
}

Result<InfluenceTerms, Findings> terms_of(IdeaId product, Date accepted, const InfluenceTerms& first,
                                          std::span<const BucketChange> changes) {
    if (Findings defects = defects_of(first); !defects.empty()) return failure(std::move(defects));
    std::vector<const BucketChange*> ordered;
    for (const BucketChange& change : changes) {
        const bool is_named = std::find(change.also.begin(), change.also.end(), product) != change.also.end();
        if (change.from <= accepted || is_named) ordered.push_back(&change);
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const BucketChange* one, const BucketChange* other) { return one->from < other->from; });
    InfluenceTerms terms = first;
    for (const BucketChange* change : ordered) {
        auto next = amended(terms, *change);
        if (!next) return next;
        terms = std::move(*next);
    }
    return terms;
}

// ----------------------------------------------------------------------------------------------------------- influence

Result<Influence, Findings> Influence::of(InfluenceTerms terms, const Claims& claims) {
    Findings findings = defects_of(terms);
    check_claims(terms, claims, findings);
    if (!findings.empty()) return failure(std::move(findings));
    auto buckets = divided(terms, claims);
    if (!buckets) return failure(std::move(buckets.error()));

    std::vector<Weight> weights;
    Weight whole = 0;
    if (terms.units) {
        whole = terms.units->whole;
        std::vector<Fraction> shares;
        for (const auto& [bucket, share] : *buckets) shares.push_back(share);
        const std::vector<Weight> units = allocated(whole, weights_for_units(shares), terms.units->spare);
        for (std::size_t i = 0; i < buckets->size(); ++i) {
            std::vector<Fraction> sizes;
            for (const Claimant& claimant : (*buckets)[i].first.claimants) sizes.push_back(claimant.size);
            const std::vector<Weight> parts = allocated(units[i], weights_for_units(sizes), terms.units->spare);
            weights.insert(weights.end(), parts.begin(), parts.end());
        }
    } else {
        std::vector<Fraction> fractions;
        for (const auto& [bucket, share] : *buckets) {
            Fraction total = 0;
            for (const Claimant& claimant : bucket.claimants) total += claimant.size;
            for (const Claimant& claimant : bucket.claimants) fractions.push_back(share * claimant.size / total);
        }
        std::optional<Scaled> exact = scaled(fractions);
        if (!exact)
            return failure(Findings{refusal("influence.units",
                                            "the exact fractions of " + std::to_string(fractions.size()) +
                                                " claims have no common scale within 64 bits",
                                            "a number of units to share")});
        weights = std::move(exact->weights);
        whole = exact->total;
    }

    Influence influence;
    influence.whole_ = whole;
    std::map<revenue::PayeeId, Weight> totals;
    std::size_t next = 0;
    for (const auto& [bucket, share] : *buckets)
        for (const Claimant& claimant : bucket.claimants) {
            influence.parts_.push_back({bucket.bucket->name, claimant.payee, weights[next], bucket.unclaimed});
            totals[claimant.payee] += weights[next++];
        }
    for (const auto& [payee, weight] : totals)
        if (weight > 0) influence.shares_.push_back({payee, weight});
    influence.terms_ = std::move(terms);
    return influence;
}

Weight Influence::weight_of(revenue::PayeeId payee) const {
    const auto share =
        std::find_if(shares_.begin(), shares_.end(), [&](const revenue::Share& one) { return one.payee == payee; });
    return share == shares_.end() ? 0 : share->weight;
}

Weight Influence::weight_of(const std::string& bucket) const {
    Weight total = 0;
    for (const InfluencePart& part : parts_)
        if (part.bucket == bucket) total += part.weight;
    return total;
}

revenue::SplitTerms Influence::split() const {
    return {.shares = shares_, .totalling = revenue::Totalling::must_total, .whole = whole_};
}

std::string share_text(Weight weight, Weight whole) {
    expects(weight >= 0 && whole >= 1, "share_text: a part of at least 0 of a whole of at least 1");
    const Integer scaled_up = Integer(weight) * 1000000;
    const auto cut = Decimal::of(static_cast<std::int64_t>(Integer(scaled_up / whole)), 6);
    std::string text = to_percent(cut);
    if (scaled_up % whole == 0) return text;
    text.pop_back();
    if (text.find('.') == std::string::npos) text += '.';
    text.append(4 - (text.size() - text.find('.') - 1), '0');
    return text + "...%";
}

Derivation explain(const Influence& influence) {
    const std::string whole = std::to_string(influence.whole());
    Derivation all{"influence", "100%", "buckets that total 100%", "influence.buckets", {}, {}};
    for (const Bucket& bucket : influence.terms().buckets) {
        const Weight weight = influence.weight_of(bucket.name);
        Derivation one{bucket.name,
                       share_text(weight, influence.whole()),
                       weight == 0 ? "nobody has a claim on it, others share it" : std::string(to_text(bucket.rule)),
                       "influence." + bucket.name,
                       bucket.citation,
                       {}};
        for (const InfluencePart& part : influence.parts())
            if (part.bucket == bucket.name)
                one.from.push_back(
                    {to_text(part.payee),
                     share_text(part.weight, influence.whole()),
                     std::to_string(part.weight) + " of " + whole + (part.unclaimed ? ", unclaimed" : ""),
                     part.unclaimed ? "influence.unclaimed" : "",
                     {},
                     {}});
        all.from.push_back(std::move(one));
    }
    return all;
}

}  // namespace crowdrules::community
