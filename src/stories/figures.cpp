// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"

#include <crowdrules/campaign/progress.hpp>

#include <algorithm>
#include <charconv>

namespace crowdrules::detail {
namespace {

std::int64_t whole(std::uint64_t count) {
    return static_cast<std::int64_t>(count);
}

/// Where a figure is read.
struct Scene {
    const campaign::Campaign& campaign;
    const campaign::Statement& statement;
    const PledgeGroups& groups;

    [[nodiscard]] Money money(std::int64_t minor) const { return {minor, campaign.terms().currency}; }
};

enum class Kind { count, flag, text, amount };

Figure empty_figure(Kind kind, Currency currency) {
    switch (kind) {
        case Kind::count:
            return std::int64_t{0};
        case Kind::flag:
            return false;
        case Kind::text:
            return std::string();
        case Kind::amount:
            break;
    }
    return Money(0, currency);
}

struct PlainFigure {
    std::string_view name;
    Kind kind;
    Figure (*read)(const Scene&);
};

const std::vector<PlainFigure>& plain_figures() {
    static const std::vector<PlainFigure> figures{
        {"backers", Kind::count, [](const Scene& s) -> Figure { return whole(s.statement.backers); }},
        {"pledges", Kind::count, [](const Scene& s) -> Figure { return whole(s.statement.gross.count); }},
        {"late_pledges", Kind::count, [](const Scene& s) -> Figure { return whole(s.statement.late.count); }},
        {"cancelled_pledges", Kind::count, [](const Scene& s) -> Figure { return whole(s.statement.cancelled.count); }},
        {"released_pledges", Kind::count, [](const Scene& s) -> Figure { return whole(s.statement.released.count); }},
        {"dropped_pledges", Kind::count, [](const Scene& s) -> Figure { return whole(s.statement.dropped.count); }},
        {"open_charges", Kind::count, [](const Scene& s) -> Figure { return whole(s.statement.open.count); }},
        {"charges", Kind::count, [](const Scene& s) -> Figure { return whole(s.statement.collected.count); }},
        {"decisions", Kind::count, [](const Scene& s) -> Figure { return whole(decisions(s.campaign).size()); }},
        {"percent_funded", Kind::count,
         [](const Scene& s) -> Figure { return percent_funded(s.campaign).value_or(0); }},
        {"goal_missed", Kind::flag, [](const Scene& s) -> Figure { return s.statement.goal_missed; }},
        {"phase", Kind::text, [](const Scene& s) -> Figure { return std::string(to_text(s.statement.phase)); }},
        {"closes", Kind::text,
         [](const Scene& s) -> Figure {
             return s.campaign->window.has_end() ? to_text(s.campaign->window.closes) : std::string("never");
         }},
        {"succeeded_at", Kind::text,
         [](const Scene& s) -> Figure {
             return s.campaign->succeeded_at ? to_text(*s.campaign->succeeded_at) : std::string("never");
         }},
    };
    return figures;
}

struct PayoutFigure {
    std::string_view name;
    Kind kind;
    Figure (*read)(const Scene&, const campaign::PayoutLine&);
};

const std::vector<PayoutFigure>& payout_figures() {
    static const std::vector<PayoutFigure> figures{
        {"kind", Kind::text,
         [](const Scene&, const campaign::PayoutLine& p) -> Figure { return std::string(to_text(p.kind)); }},
        {"due", Kind::text, [](const Scene&, const campaign::PayoutLine& p) -> Figure { return to_text(p.due); }},
        {"paid_at", Kind::text,
         [](const Scene&, const campaign::PayoutLine& p) -> Figure {
             return p.paid_at ? to_text(*p.paid_at) : std::string("never");
         }},
        {"gross", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.gross); }},
        {"refunded", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.refunded); }},
        {"charged_back", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.charged_back); }},
        {"disputed", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.disputed); }},
        {"processing_fee", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.processing_fee); }},
        {"to_others", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.to_others); }},
        {"platform_fee", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.platform_fee); }},
        {"tax", Kind::amount, [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.tax); }},
        {"reserve", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.reserve); }},
        {"carried", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.carried); }},
        {"recouped", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.recouped); }},
        {"net", Kind::amount, [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.net); }},
        {"held", Kind::amount, [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.held); }},
        {"fee", Kind::amount, [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.fee); }},
        {"returned", Kind::amount,
         [](const Scene& s, const campaign::PayoutLine& p) -> Figure { return s.money(p.returned); }},
    };
    return figures;
}

template <class Figures>
auto find_by_name(const Figures& figures, std::string_view name) {
    return std::find_if(figures.begin(), figures.end(), [&](const auto& figure) { return figure.name == name; });
}

std::optional<Account> account_named(std::string_view name) {
    for (std::size_t i = 0; i < campaign_account_count; ++i)
        if (to_text(static_cast<Account>(i)) == name) return static_cast<Account>(i);
    return std::nullopt;
}

/// Takes `prefix` off `name` if it is there.
bool take(std::string_view& name, std::string_view prefix) {
    if (name.substr(0, prefix.size()) != prefix) return false;
    name.remove_prefix(prefix.size());
    return true;
}

/// A place in a list, counted from 1 as people do.
std::optional<std::size_t> take_place(std::string_view& name) {
    std::size_t place = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), place);
    if (problem != std::errc{} || end == name.data() + name.size() || *end != '.' || place == 0) return std::nullopt;
    name.remove_prefix(static_cast<std::size_t>(end - name.data()) + 1);
    return place - 1;
}

/// "Anna.state" is Anna's state; names of people may hold points too.
struct PledgeFigureName {
    std::string_view of;
    std::optional<std::size_t> instalment;
    std::string_view field;
};

std::optional<PledgeFigureName> pledge_figure_name(std::string_view name) {
    constexpr std::string_view marker = ".instalments.";
    if (const std::size_t mark = name.rfind(marker); mark != std::string_view::npos) {
        PledgeFigureName part{name.substr(0, mark), {}, name.substr(mark + marker.size())};
        part.instalment = take_place(part.field);
        if (part.instalment &&
            (part.field == "state" || part.field == "amount" || part.field == "refunded" || part.field == "due"))
            return part;
        return std::nullopt;
    }
    const std::size_t point = name.rfind('.');
    if (point == std::string_view::npos || point == 0) return std::nullopt;
    const PledgeFigureName part{name.substr(0, point), {}, name.substr(point + 1)};
    if (part.field == "count" || part.field == "state" || part.field == "amount" || part.field == "refunded")
        return part;
    return std::nullopt;
}

std::optional<Figure> pledge_figure(const Scene& scene, std::string_view name) {
    const auto part = pledge_figure_name(name);
    if (!part) return std::nullopt;
    const auto group = scene.groups.find(part->of);
    if (group == scene.groups.end() || group->second.empty()) return std::nullopt;
    if (part->instalment) {
        const campaign::PledgeBook& book = scene.campaign->book;
        const campaign::PledgeDetail* detail = book.detail_of(book.pledges.find(group->second.front().value));
        if (!detail || *part->instalment >= detail->instalments.size()) return std::nullopt;
        const Instalment& instalment = detail->instalments[*part->instalment];
        if (part->field == "state") return std::string(to_text(instalment.state));
        if (part->field == "due") return to_text(instalment.due);
        return scene.money(part->field == "amount" ? instalment.amount : instalment.refunded);
    }
    Money amount = scene.money(0), refunded = scene.money(0);
    std::string state;
    for (const PledgeId pledge : group->second) {
        const auto view = find_pledge(scene.campaign, pledge);
        if (!view) return std::nullopt;
        amount += view->amount;
        refunded += view->refunded;
        const std::string_view its_state = to_text(view->state);
        state = state.empty() || state == its_state ? std::string(its_state) : "mixed";
    }
    if (part->field == "count") return whole(group->second.size());
    if (part->field == "state") return state;
    return part->field == "amount" ? amount : refunded;
}

/// What counts toward the goal: an amount where the goal is one.
Figure toward_goal_figure(std::int64_t counted, Currency currency, campaign::Measure measure) {
    if (measure == campaign::Measure::money) return Money(counted, currency);
    return counted;
}

}  // namespace

std::optional<Figure> kind_of_figure(std::string_view name, Currency currency, campaign::Measure measure) {
    const Money amount(0, currency);
    if (name == "counted") return toward_goal_figure(0, currency, measure);
    const std::vector<std::string> amounts = campaign::figure_names();
    if (std::find(amounts.begin(), amounts.end(), name) != amounts.end()) return amount;
    if (const auto plain = find_by_name(plain_figures(), name); plain != plain_figures().end())
        return empty_figure(plain->kind, currency);
    if (take(name, "holders.")) return account_named(name) ? std::optional<Figure>(amount) : std::nullopt;
    if (take(name, "lines.")) return amount;
    if (take(name, "rewards.")) return std::int64_t{0};
    if (take(name, "stretch_goals.")) return false;
    if (take(name, "payouts.")) {
        if (!take_place(name)) return std::nullopt;
        const auto payout = find_by_name(payout_figures(), name);
        return payout == payout_figures().end() ? std::nullopt
                                                : std::optional<Figure>(empty_figure(payout->kind, currency));
    }
    if (take(name, "pledges.")) {
        const auto part = pledge_figure_name(name);
        if (!part) return std::nullopt;
        if (part->field == "count") return std::int64_t{0};
        return part->field == "state" || part->field == "due" ? Figure(std::string()) : Figure(amount);
    }
    return std::nullopt;
}

std::string known_figures() {
    std::string names;
    for (const std::string& name : campaign::figure_names()) names += name + ", ";
    for (const PlainFigure& figure : plain_figures()) names += std::string(figure.name) + ", ";
    return names + "counted, holders.ACCOUNT, lines.NAME, rewards.NAME, stretch_goals.NAME, payouts, pledges.NAME";
}

std::optional<Figure> figure_of(const campaign::Campaign& campaign, const campaign::Statement& statement,
                                const PledgeGroups& groups, std::string_view name) {
    const Scene scene{campaign, statement, groups};
    if (name == "counted")
        return toward_goal_figure(counted_now(campaign), campaign.terms().currency, campaign.terms().model.measure);
    if (const auto plain = find_by_name(plain_figures(), name); plain != plain_figures().end())
        return plain->read(scene);
    if (const auto amount = figure(statement, name)) return *amount;
    if (take(name, "holders.")) {
        const auto account = account_named(name);
        return account ? std::optional<Figure>(statement.holders[static_cast<std::size_t>(*account)]) : std::nullopt;
    }
    if (take(name, "lines.")) {
        const auto line = find_by_name(statement.lines, name);
        return line == statement.lines.end() ? std::nullopt : std::optional<Figure>(line->kept);
    }
    if (take(name, "rewards.")) {
        // As the campaign has them now: the statement leaves out what nobody took.
        const auto& rewards = campaign->rewards;
        const auto reward = find_by_name(rewards, name);
        if (reward == rewards.end()) return std::nullopt;
        return std::int64_t{campaign->reward_taken[static_cast<std::size_t>(reward - rewards.begin())]};
    }
    if (take(name, "stretch_goals.")) {
        const auto goal = find_by_name(statement.stretch_goals, name);
        return goal == statement.stretch_goals.end() ? std::nullopt : std::optional<Figure>(goal->reached);
    }
    if (take(name, "payouts.")) {
        const auto place = take_place(name);
        const auto payout = find_by_name(payout_figures(), name);
        if (!place || *place >= statement.payouts.size() || payout == payout_figures().end()) return std::nullopt;
        return payout->read(scene, statement.payouts[*place]);
    }
    if (take(name, "pledges.")) return pledge_figure(scene, name);
    return std::nullopt;
}

std::string figure_text(const Figure& figure) {
    struct Text {
        std::string operator()(const Money& amount) const { return to_grouped_text(amount); }
        std::string operator()(std::int64_t count) const { return std::to_string(count); }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(const std::string& text) const { return text; }
    };
    return std::visit(Text{}, figure);
}

}  // namespace crowdrules::detail
