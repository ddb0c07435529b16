// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/sweep.hpp>
#include <crowdrules/protocol/journal.hpp>

#include "play_with_terms.hpp"
#include <campaign/schema/command.hpp>
#include <protocol/chain.hpp>
#include <protocol/json_writer.hpp>
#include <type_traits>

namespace crowdrules {

namespace {

constexpr std::string_view conduct_prefix = "settlement.";

std::optional<Finding> set_conduct(Conduct& conduct, const Change& change) {
    const auto refuse = [&](std::string what, std::string accepted) {
        return Finding{FindingKind::malformed, change.path, std::move(what), std::move(accepted)};
    };
    const std::string_view name = std::string_view(change.path).substr(conduct_prefix.size());
    Portion* portion = name == "failing" ? &conduct.failing : name == "mended" ? &conduct.mended : nullptr;
    if (!portion) return refuse("no part of a conduct that can be changed", "settlement.failing or settlement.mended");
    if (change.value.kind == Node::Kind::integer && change.value.integer >= 0 && change.value.integer <= UINT32_MAX) {
        portion->size = static_cast<std::uint32_t>(change.value.integer);
        return std::nullopt;
    }
    const auto share = Decimal::parse(change.value.kind == Node::Kind::text ? change.value.text : "");
    if (!share || share->is_negative() || *share > Decimal(1) || change.value.text.find('%') == std::string::npos)
        return refuse("cannot be read", "a number of charges, or a share of them as text: \"4%\"");
    portion->size = *share;
    if (name == "mended" && conduct.mended_after == Elapsed{})
        return refuse("the scenario does not say when cards are mended", "a scenario with settlement.mended_after");
    return std::nullopt;
}

/// Everything that a line says, as text that differs for lines that differ.
class LineText {
  public:
    explicit LineText(detail::CountedIn unit) : unit_(unit) {}

    std::string of(const TimelineLine& line) && {
        add(to_text(line.at));
        add(line.what.index());
        add(line.command.value);
        add(line.refused);
        add(line.accepted ? std::to_string(*line.accepted) : "all");
        std::visit([this](const auto& what) { put(what); }, line.what);
        return std::move(text_);
    }

  private:
    void add(std::string_view word) { (text_ += std::to_string(word.size()) + ':') += word; }
    template <std::integral Number>
    void add(Number number) {
        add(std::to_string(number));
    }
    void add(const std::optional<Money>& amount) { add(amount ? to_text(*amount) : "none"); }
    template <class Number>
    void add(const std::optional<Number>& number) {
        add(number ? std::to_string(*number) : "none");
    }

    void put(const Chosen& chosen) {
        add(chosen.of);
        add(chosen.first);
        add(chosen.last);
    }
    void put(const Wanted& wanted) {
        add(wanted.reward);
        for (const auto& add_on : wanted.add_ons) {
            add(add_on.add_on);
            add(add_on.count);
        }
        add(wanted.ship_to);
        add(wanted.amount);
        add(wanted.bonus);
        add((wanted.by_link ? 1 : 0) + (wanted.in_instalments ? 2 : 0));
        add(wanted.quantity);
        for (const campaign::LineChoice& line : wanted.lines) put_described(line);
        if (wanted.giver) put_described(*wanted.giver);
    }
    void put(const std::monostate&) {}
    void put(const PledgeLine& line) {
        add(line.count);
        add(line.by);
        add(line.name);
        add(line.id);
        put(line.wanted);
        add(line.failing);
        add(line.mended);
    }
    void put(const ChangeLine& line) {
        put(line.chosen);
        put(line.wanted);
    }
    void put(const SupplementLine& line) {
        put(line.chosen);
        add(line.name);
        put(line.wanted);
    }
    void put(const CancelLine& line) { put(line.chosen); }
    void put(const ChargeLine& line) {
        put(line.chosen);
        add(line.fails ? 1 : 0);
        add(line.instalment);
        add(line.amount);
        add(line.fee);
        add(line.tax);
        add(line.reference);
        add(line.method);
    }
    void put(const RefundLine& line) {
        put(line.chosen);
        add(line.amount);
        add(to_text(line.item));
        add(line.line);
        add(line.fee_returned);
        add(line.reference);
    }
    void put(const DisputeLine& line) {
        put(line.chosen);
        add(line.instalment);
        add(to_text(line.reason));
        add(line.amount);
        add(line.fee);
        add(line.reference);
    }
    void put(const DisputeEndLine& line) {
        put(line.chosen);
        add(line.won ? 1 : 0);
        add(line.fee_returned);
    }
    void put(const ReturnRefundLine& line) {
        put(line.chosen);
        put_described(line.command);
    }
    void put(const ResolveUnmatchedLine& line) {
        put(line.chosen);
        put_described(line.command);
    }
    void put(const ExtendLine& line) { add(to_text(line.to)); }
    void put(const VerifyLine& line) {
        add(line.who);
        add(line.what);
        add(line.until ? to_text(*line.until) : "for good");
        add(line.decided_by);
    }
    void put(const RelateLine& line) {
        add(line.account);
        add(line.to);
        add(line.reason);
        add(line.decided_by);
    }
    void put(const ChangeRewardLine& line) {
        add(line.reward);
        put_described(line.becomes);
    }
    void put(const RemoveRewardLine& line) { add(line.reward); }
    void put(const ChangeAddOnLine& line) {
        add(line.add_on);
        put_described(line.becomes);
    }
    void put(const RemoveAddOnLine& line) { add(line.add_on); }
    // The others are commands as they stand.
    template <class CommandOfCampaign>
        requires std::is_constructible_v<campaign::CommandBody, CommandOfCampaign>
    void put(const CommandOfCampaign& command) {
        put_described(command);
    }
    template <class Described>
    void put_described(const Described& value) {
        std::string json;
        detail::JsonWriter(json, unit_).write(value);
        add(json);
    }

    detail::CountedIn unit_;
    std::string text_;
};

std::string text_of(const Portion& portion) {
    return std::visit(
        [](const auto& size) {
            if constexpr (std::is_same_v<std::decay_t<decltype(size)>, Decimal>)
                return to_text(size) + " of all";
            else
                return std::to_string(size);
        },
        portion.size);
}

}  // namespace

std::vector<SweepPoint> grid(std::span<const SweepAxis> axes) {
    std::vector<SweepPoint> points(1);
    for (const SweepAxis& axis : axes) {
        std::vector<SweepPoint> longer;
        longer.reserve(points.size() * axis.values.size());
        for (const SweepPoint& point : points) {
            for (const Node& value : axis.values) {
                longer.push_back(point);
                longer.back().push_back({axis.path, value});
            }
        }
        points = std::move(longer);
    }
    return points;
}

std::string fingerprint_of(const Scenario& scenario) {
    detail::Chain chain;
    std::string last = chain.add(to_json(scenario.terms));
    const Conduct& conduct = scenario.conduct;
    last = chain.add(text_of(conduct.failing) + ',' + text_of(conduct.mended) + ',' + to_text(conduct.mended_after) +
                     (conduct.charges ? ",charges" : ",") + (conduct.payouts ? ",payouts" : ","));
    for (const Spread& spread : scenario.spreads) {
        std::string text = to_text(spread.amount) + ',' + std::string(to_text(spread.split.spare)) + ',' +
                           std::to_string(spread.split.step) + ',' + std::to_string(spread.split.turn) +
                           (spread.by == Spread::By::evenly ? ",evenly" : ",in proportion");
        for (const std::string& reward : spread.except) text += ',' + reward;
        last = chain.add(text);
    }
    for (const TimelineLine& line : scenario.timeline)
        last = chain.add(LineText(detail::counted_in(scenario.terms)).of(line));
    return last;
}

Result<Scenario, Findings> changed(const Scenario& scenario, std::span<const Change> changes) {
    Scenario result = scenario;
    Findings findings;
    SweepPoint of_terms;
    for (const Change& change : changes) {
        if (std::string_view(change.path).substr(0, conduct_prefix.size()) != conduct_prefix)
            of_terms.push_back(change);
        else if (auto finding = set_conduct(result.conduct, change))
            findings.push_back(std::move(*finding));
    }
    if (!of_terms.empty()) {
        auto terms = changed(scenario.terms, of_terms);
        if (terms)
            result.terms = std::move(*terms);
        else
            findings.insert(findings.end(), terms.error().begin(), terms.error().end());
    }
    if (has_refusal(findings)) return failure(std::move(findings));
    return result;
}

SweepRow sweep_row(const Scenario& scenario, std::span<const Change> changes, const PlayProgress& progress) {
    SweepRow row;
    const auto other = changed(scenario, changes);
    if (!other) {
        row.findings = other.error();
        return row;
    }
    row.fingerprint = fingerprint_of(*other);
    const auto played = detail::play_with_terms(*other, other->terms, progress);
    if (!played) {
        row.findings = played.error();
        return row;
    }
    row.statement = statement(played->campaign);
    for (const Refusal& refusal : played->refusals) row.refusals += refusal.expected ? 0 : refusal.count;
    return row;
}

}  // namespace crowdrules
