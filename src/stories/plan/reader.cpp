// SPDX-License-Identifier: BSL-1.0
#include "reader.hpp"

#include "core/listed.hpp"
#include <charconv>

namespace crowdrules::detail {

// --------------------------------------------------------------------------------------------------------------- names

revenue::PayeeId PlanReader::payee(const std::string& name) {
    if (name.empty()) return {};
    const auto [found, is_new] = ids_.try_emplace(name, revenue::PayeeId{names_.size() + 1});
    if (is_new) names_.push_back(name);
    return found->second;
}

revenue::PayeeId PlanReader::known_payee(const std::string& name, const Node& node, const Path& path) {
    if (const auto found = ids_.find(name); found != ids_.end()) return found->second;
    std::vector<std::string_view> known(names_.begin(), names_.end());
    const std::string accepted = detail::listed(names_);
    const std::string_view near = nearest_name(name, known);
    reader_.refuse(FindingKind::malformed, node.where, path, "nobody here is called '" + name + "'",
                   near.empty() ? accepted.empty() ? "a name that stands in a part" : "one of " + accepted
                                : "'" + std::string(near) + "'");
    return {};
}

std::string PlanReader::with_names(std::string text, const std::vector<std::string>& names) {
    constexpr std::string_view mark = "payee ";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        std::size_t number = 0;
        const char* const digits = text.data() + at + mark.size();
        const char* const stop = std::from_chars(digits, text.data() + text.size(), number).ptr;
        if (number == 0 || number > names.size()) {
            at += mark.size();
            continue;
        }
        const std::string& name = names[number - 1];
        text.replace(at, static_cast<std::size_t>(stop - digits) + mark.size(), name);
        at += name.size();
    }
    return text;
}

// -------------------------------------------------------------------------------------------------------------- values

bool PlanReader::read_weights(const Node& node, const Path& path, std::vector<Weighed>& weights) {
    if (node.kind != Node::Kind::table || node.items.empty())
        return reader_.expected(node, path, "a table of names and weights: { Anna = 60, Ben = 40 }");
    bool good = true;
    for (const std::size_t i : order_of(node)) {
        const Path here{&path, node.keys[i].name};
        Weighed weighed{node.keys[i].name, {}};
        std::int64_t whole = 0;
        if (node.items[i].kind == Node::Kind::integer) {
            good &= reader_.read(node.items[i], whole, here);
            weighed.weight = Decimal(whole);
        } else {
            good &= reader_.read(node.items[i], weighed.weight, here);
        }
        weights.push_back(std::move(weighed));
    }
    return good;
}

/// Whole weights stay as they are, whose whole is 100; among parts of one ("60%", "0.333") the whole is 1.
bool PlanReader::read_shares(const Node& node, const Path& path, std::vector<revenue::Share>& shares, Weight& whole) {
    std::vector<Weighed> weights;
    if (!read_weights(node, path, weights)) return false;
    unsigned digits = 0;
    bool are_parts = false;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        digits = std::max(digits, weights[i].weight.scale());
        are_parts |= node.items[i].kind == Node::Kind::text;
    }
    if (digits > 18) return reader_.refuse(node, path, "a weight with more than 18 decimals", "simpler weights");
    std::int64_t scale = 1;
    for (unsigned i = 0; i < digits; ++i) scale *= 10;
    for (const Weighed& weighed : weights) {
        const Decimal scaled = weighed.weight * Decimal(scale);
        if (scaled > Decimal(INT64_MAX) || scaled < Decimal(INT64_MIN))
            return reader_.refuse(node, path, "a weight that leaves 64 bits", "simpler weights");
        shares.push_back({payee(weighed.name), static_cast<Weight>(scaled.coefficient())});
    }
    whole = are_parts ? scale : 100;
    return true;
}

bool PlanReader::read_amounts(const Node& node, const Path& path,
                              std::vector<std::pair<revenue::PayeeId, Money>>& amounts) {
    if (node.kind != Node::Kind::table)
        return reader_.expected(node, path, "a table of names and amounts: { Anna = \"600.00\" }");
    bool good = true;
    for (const std::size_t i : order_of(node)) {
        Money amount = Money::zero(currency_);
        good &= reader_.read(node.items[i], amount, {&path, node.keys[i].name});
        amounts.emplace_back(payee(node.keys[i].name), amount);
    }
    return good;
}

FeeSchedule PlanReader::schedule(const PlanFeeText& text) const {
    FeeSchedule schedule = text.schedule;
    if (!text.rate.is_zero() || text.fixed != 0)
        schedule.bands.insert(schedule.bands.begin(), {0, text.rate, text.fixed});
    return schedule;
}

// ------------------------------------------------------------------------------------------------------------- royalty

bool PlanReader::is_blank(const RateText& text) {
    return !text.rate && text.tiers.empty() && !text.per_unit && !text.floor_per_unit;
}

bool PlanReader::take_rate(const RateText& text, const Node& node, const Path& path,
                           DatedRow<revenue::RateTerms>& row) {
    row.from = text.from.value_or(always_from);
    row.citation = text.written.citation();
    revenue::RateTerms& terms = row.value;
    terms.less = {text.less.begin(), text.less.end()};
    terms.basis = text.basis;
    terms.tiering = text.tiering;
    terms.counting = text.counting;
    terms.counter = text.counter;
    terms.per_unit = money(text.per_unit);
    terms.floor_per_unit = money(text.floor_per_unit);
    if (text.rate && !text.tiers.empty())
        return reader_.refuse(node, {&path, "tiers"}, "a rate and tiers", "one of the two");
    if (text.rate) terms.tiers.push_back({std::nullopt, *text.rate});
    bool good = true;
    for (const TierText& tier : text.tiers) {
        std::optional<std::int64_t> up_to;
        const Path here{&path, "up_to"};
        if (tier.up_to) {
            up_to = 0;
            good &= text.basis == revenue::TierBasis::units ? reader_.read(*tier.up_to, *up_to, here)
                                                            : reader_.read_amount(*tier.up_to, *up_to, here);
        }
        terms.tiers.push_back({up_to, tier.rate});
    }
    // A payment by the unit alone.
    if (terms.tiers.empty() && !is_blank(text)) terms.tiers.push_back({std::nullopt, Decimal(0)});
    return good;
}

bool PlanReader::take_channels(const std::vector<ChannelText>& texts, const Node& node, const Path& path,
                               std::vector<revenue::RoyaltyChannel>& channels) {
    bool good = true;
    for (const ChannelText& text : texts) {
        const Path here{&path, text.name};
        std::vector<RateText> rates = text.rates;
        if (!is_blank(text.rate)) rates.push_back(text.rate);
        if (rates.size() > text.rates.size() && !text.rates.empty())
            good = reader_.refuse(node, here, "rates, and a rate beside them", "one of the two");
        std::vector<DatedRow<revenue::RateTerms>> rows(rates.size());
        for (std::size_t i = 0; i < rates.size(); ++i) good &= take_rate(rates[i], node, here, rows[i]);
        channels.push_back({text.name, Dated<revenue::RateTerms>(std::move(rows)), text.reserved});
    }
    return good;
}

bool PlanReader::read_royalty(const Node& node, const std::string& name, const Path& path, RoyaltiesPart& part) {
    RoyaltyText text;
    if (!reader_.read(node, text, path)) return false;
    const bool has_rate = !is_blank(text.rate) || !text.rates.empty();
    if (!text.accounts.empty() + !text.works.empty() + !text.channels.empty() + has_rate != 1)
        return reader_.refuse(node, path, "a royalty says once what earns",
                              "accounts, or the works of one, or the channels of one work, or its rate");
    if (has_rate) text.channels = {{"sales", true, text.rates, text.rate}};
    if (!text.channels.empty()) text.works = {{name, text.channels}};
    if (!text.works.empty()) text.accounts = {{name, text.to, text.cap, text.works}};

    revenue::RoyaltyTerms& terms = part.terms;
    terms = {.currency = currency_,
             .accounts = {},
             .rounding = text.rounding,
             .rounded = text.rounded,
             .reserve = {},
             .guarantee = money(text.guarantee)};
    if (text.reserve)
        terms.reserve = revenue::ReturnsReserve{text.reserve->rates, text.reserve->released_after, text.reserve->order,
                                                text.reserve->rounding, text.reserve->written.citation()};
    bool good = true;
    for (const AccountText& account : text.accounts) {
        const std::string& to = account.to.empty() ? text.to : account.to;
        if (to.empty())
            good = reader_.refuse(FindingKind::missing, node.where, {&path, "to"}, "nobody is paid",
                                  "the name of a payee or of another part");
        (void)payee(to);
        part.to[account.name] = to;
        revenue::RoyaltyAccount& into = terms.accounts.emplace_back();
        into.name = account.name;
        into.cap = money(account.cap);
        for (const WorkText& work : account.works) {
            into.works.push_back({work.name, {}});
            good &= take_channels(work.channels, node, path, into.works.back().channels);
        }
    }
    return good;
}

// --------------------------------------------------------------------------------------------------------------- split

bool PlanReader::take_split(const SplitRowText& text, const Node& node, const Path& path, revenue::SplitTerms& terms) {
    Weight whole = 100;
    if (!read_shares(text.shares, {&path, "shares"}, terms.shares, whole)) return false;
    terms.totalling =
        text.totalling.value_or(text.rest.empty() ? revenue::Totalling::must_total : revenue::Totalling::rest_to);
    terms.whole = text.whole.value_or(whole);
    terms.rest = payee(text.rest);
    terms.dividing = text.dividing;
    terms.split = {text.method, text.step, text.turn};
    if (text.step < 1) return reader_.refuse(node, {&path, "step"}, "a step below one minor unit", "at least 0.01");
    if (text.turn >= terms.shares.size())
        return reader_.refuse(node, {&path, "turn"}, "a turn beyond the shares", "from 0 up");
    for (const TopFeeText& fee : text.fees)
        terms.fees.push_back({schedule(fee.fee), payee(fee.to), fee.after, fee.level, fee.included});
    return true;
}

bool PlanReader::read_rows(const Node& node, const Path& path, revenue::SplitHistory& history) {
    std::vector<const Node*> nodes;
    if (node.kind == Node::Kind::list)
        for (const Node& row : node.items) nodes.push_back(&row);
    else
        nodes.push_back(&node);
    std::vector<DatedRow<revenue::SplitTerms>> rows;
    bool good = true;
    for (const Node* row : nodes) {
        SplitRowText text;
        revenue::SplitTerms terms;
        if (!reader_.read(*row, text, path) || !take_split(text, *row, path, terms)) {
            good = false;
            continue;
        }
        rows.push_back({text.from.value_or(always_from), std::move(terms), text.written.citation()});
    }
    history = revenue::SplitHistory(std::move(rows));
    return good;
}

bool PlanReader::read_split(const Node& node, const Path& path, SplitPart& part) {
    if (!node.find("rows") && !node.find("items")) return read_rows(node, path, part.standard);
    SplitText text;
    if (!reader_.read(node, text, path) || !read_rows(text.rows, {&path, "rows"}, part.standard)) return false;
    bool good = true;
    for (std::size_t i = 0; i < text.items.items.size(); ++i) {
        const std::string& item = text.items.keys[i].name;
        good &= read_rows(text.items.items[i], {&path, item}, part.items[item]);
    }
    return good;
}

// ----------------------------------------------------------------------------------------------------- waterfall, fund

bool PlanReader::take_claim(const StepText& text, const Node& node, const Path& path, revenue::WaterfallStep& step) {
    int claims = 0;
    const auto take = [&](const auto& claim, auto make) {
        if (!claim) return;
        ++claims;
        step.claim = make(*claim);
    };
    take(text.off_the_top, [&](const auto& c) { return revenue::OffTheTop{c.rate, money(c.limit), c.rounding}; });
    take(text.corridor,
         [&](const auto& c) { return revenue::Corridor{c.rate, money(c.from), money(c.up_to), c.rounding}; });
    take(text.fixed,
         [&](const auto& c) { return revenue::FixedClaim{money(c.amount), c.premium, c.rounding, c.every}; });
    take(text.return_of_capital, [](const auto& c) { return c; });
    take(text.preferred_return, [](const auto& c) { return c; });
    take(text.catch_up,
         [&](const auto& c) { return revenue::CatchUp{payee(c.manager), c.carry, c.on, c.reading, c.rounding}; });
    take(text.divide, [](const DivideText& c) {
        if (c.until_multiple) return revenue::Divide{revenue::Hurdle{*c.until_multiple}};
        if (c.until_return) return revenue::Divide{revenue::Hurdle{*c.until_return}};
        return revenue::Divide{};
    });
    if (claims == 1) return true;
    return reader_.refuse(node, path, claims == 0 ? "a step that claims nothing" : "a step that claims two things",
                          "one of off_the_top, corridor, fixed, return_of_capital, preferred_return, catch_up, divide");
}

bool PlanReader::read_steps(const WaterfallText& text, const Node& node, const Path& path,
                            revenue::WaterfallTerms& terms) {
    terms.currency = currency_;
    if (text.steps.kind != Node::Kind::list) return reader_.expected(text.steps, {&path, "steps"}, "a list of steps");
    bool good = true;
    const Path steps{&path, "steps"};
    for (std::size_t i = 0; i < text.steps.items.size(); ++i) {
        const Node& one = text.steps.items[i];
        const Path here{&steps, {}, i + 1};
        StepText step;
        revenue::WaterfallStep into{};
        if (!reader_.read(one, step, here) || !take_claim(step, one, here, into)) {
            good = false;
            continue;
        }
        into.name = step.name;
        into.citation = step.written.citation();
        Weight whole = 0;
        if (step.to.kind == Node::Kind::text)
            into.to = {{payee(step.to.text), 1}};
        else
            good &= read_shares(step.to, {&here, "to"}, into.to, whole);
        terms.steps.push_back(std::move(into));
    }
    for (const std::string& investor : text.investors) terms.investors.push_back(known_payee(investor, node, path));
    return good;
}

bool PlanReader::read_waterfall(const Node& node, const Path& path, WaterfallPart& part) {
    WaterfallText text;
    return reader_.read(node, text, path) && read_steps(text, node, path, part.terms);
}

bool PlanReader::read_fund(const Node& node, const Path& path, FundPart& part) {
    FundText text;
    if (!reader_.read(node, text, path) || !read_steps(text.waterfall, node, path, part.terms)) return false;
    part.scope = text.scope;
    part.clawback = {known_payee(text.clawback.manager, node, {&path, "clawback"}), text.clawback.carry,
                     text.clawback.preferred_return, text.clawback.rounding};
    return true;
}

// ------------------------------------------------------------------------------------------------------ note, matching

bool PlanReader::read_note(const Node& node, const Path& path, NotePart& part) {
    NoteText text;
    std::vector<std::pair<revenue::PayeeId, Money>> holders;
    if (!reader_.read(node, text, path) || !read_amounts(text.holders, {&path, "holders"}, holders)) return false;
    revenue::NoteTerms& terms = part.terms;
    for (const auto& [payee, invested] : holders) terms.holders.push_back({payee, invested});
    terms.revenue_share = text.revenue_share;
    terms.multiple = text.multiple;
    terms.rounding = text.rounding;
    terms.grace_periods = text.grace_periods;
    terms.grace = text.grace;
    terms.misses_allowed = text.misses_allowed;
    terms.matures_after = text.matures_after;
    terms.citation = text.written.citation();
    for (const BuyOutText& offer : text.buy_outs) terms.buy_outs.push_back({offer.until_period, offer.multiple});
    return true;
}

bool PlanReader::read_match(const Node& node, const Path& path, MatchPart& part) {
    MatchText text;
    std::vector<std::pair<revenue::PayeeId, Money>> sponsors;
    if (!reader_.read(node, text, path) || !read_amounts(text.sponsors, {&path, "sponsors"}, sponsors)) return false;
    for (const auto& [payee, left] : sponsors) part.sponsors.push_back({payee, left});
    const Split between{text.between_sponsors};
    if (text.factor)
        part.factor = revenue::MatchTerms{.factor = *text.factor,
                                          .rounding = text.rounding,
                                          .per_contribution = money(text.per_contribution),
                                          .per_project = money(text.per_project),
                                          .contributions_per_backer = text.contributions_per_backer,
                                          .between_sponsors = between,
                                          .citation = text.written.citation()};
    if (text.lump)
        part.lump = revenue::LumpTerms{.lump = money(text.lump->amount),
                                       .at_share = text.lump->at_share,
                                       .at_amount = money(text.lump->at_amount),
                                       .at_backers = text.lump->at_backers,
                                       .between_sponsors = between,
                                       .citation = text.written.citation()};
    if (part.factor || part.lump) return true;
    return reader_.refuse(FindingKind::missing, node.where, path, "nothing says what is matched", "factor or lump");
}

bool PlanReader::read_quadratic(const Node& node, const Path& path, QuadraticPart& part) {
    QuadraticText text;
    if (!reader_.read(node, text, path)) return false;
    part.terms = {.pool = money(text.pool),
                  .saturation = text.saturation,
                  .dust = text.dust,
                  .cap = money(text.cap),
                  .minimum = money(text.minimum),
                  .root_digits = text.root_digits,
                  .weight_digits = text.weight_digits,
                  .alpha_digits = text.alpha_digits,
                  .citation = text.written.citation()};
    return true;
}

bool PlanReader::read_crowdmatch(const Node& node, const Path& path, CrowdmatchPart& part) {
    CrowdmatchText text;
    if (!reader_.read(node, text, path)) return false;
    if (text.goal <= 0) return reader_.refuse(node, {&path, "goal"}, "a goal of nothing", "more than 0");
    part = {money(text.goal), text.rounding, text.to};
    (void)payee(text.to);
    return true;
}

// -------------------------------------------------------------------------------------------------------- distribution

bool PlanReader::read_distribution(const Node& node, const Path& path, revenue::DistributionTerms& terms) {
    DistributionText text;
    if (!reader_.read(node, text, path)) return false;
    terms.minimum = money(text.minimum);
    terms.rule = text.rule;
    if (text.hold_days > 36'500)
        return reader_.refuse(node, {&path, "hold_days"}, "a hold of more than a hundred years", "at most 36500");
    terms.hold = std::chrono::days(text.hold_days);
    terms.rounding = text.rounding;
    if (text.fee) terms.fee = schedule(*text.fee);
    terms.fee_borne_by = text.fee_borne_by;
    return true;
}

bool PlanReader::read_payee(const Node& node, const std::string& name, const Path& path, revenue::Payee& payee,
                            std::map<revenue::PayeeId, Money>& higher_minimums, std::string& tax_status) {
    PayeeText text;
    // Whoever is described wrongly is there nevertheless: lines that name them are not wrong too.
    payee.id = this->payee(name);
    payee.name = name;
    if (!reader_.read(node, text, path)) return false;
    tax_status = text.tax_status;
    for (const WithholdingText& one : text.withholding)
        payee.withholding.push_back({one.from, one.rate, one.rounding, one.written.citation()});
    if (text.minimum) higher_minimums.insert_or_assign(payee.id, money(*text.minimum));
    return true;
}

}  // namespace crowdrules::detail
