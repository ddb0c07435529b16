// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"

#include <crowdrules/stories/community/report.hpp>

#include "core/listed.hpp"
#include <algorithm>

namespace crowdrules::detail {
namespace {

std::int64_t whole(std::uint64_t count) {
    return static_cast<std::int64_t>(count);
}

/// Where a figure is read; without a community only its kind is asked for.
struct Scene {
    const StoryNames& names;
    Currency currency;
    const community::Community* community = nullptr;
    const community::Statement* statement = nullptr;

    [[nodiscard]] Money money(std::int64_t minor) const { return {minor, currency}; }
};

/// An answer: the figure; or, without a community, an empty one of its kind.
using Answer = std::optional<Figure>;

/// Takes "NAME." or all of the rest off `name`, if it is one of `names`; the longest that fits, because names may hold
/// points.
template <class Names>
auto take_name(std::string_view& name, const Names& names) {
    auto best = names.end();
    for (auto entry = names.begin(); entry != names.end(); ++entry) {
        const std::string_view key = entry->first;
        const bool fits = name.starts_with(key) && (name.size() == key.size() || name[key.size()] == '.');
        if (fits && (best == names.end() || key.size() > best->first.size())) best = entry;
    }
    if (best != names.end()) name.remove_prefix(std::min(name.size(), best->first.size() + 1));
    return best;
}

bool take(std::string_view& name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return false;
    name.remove_prefix(prefix.size());
    return true;
}

Answer product_figure(const Scene& scene, community::IdeaId idea, std::string_view field) {
    const community::ProductRecord* product = scene.community ? find_product(**scene.community, idea) : nullptr;
    const auto lines = scene.statement ? scene.statement->products : std::vector<community::ProductLine>{};
    const auto line =
        std::find_if(lines.begin(), lines.end(), [&](const community::ProductLine& one) { return one.idea == idea; });
    if (scene.community && (!product || line == lines.end())) return std::nullopt;
    const Money nothing = scene.money(0);
    if (field == "stage") return product ? std::string(to_text(product->stage)) : std::string();
    if (field == "paused") return product ? product->paused : false;
    if (field == "units") return product ? product->units : std::int64_t{0};
    if (field == "gross") return product ? line->gross : nothing;
    if (field == "returned") return product ? line->returned : nothing;
    if (field == "shared") return product ? line->shared : nothing;
    if (field == "to_company") return product ? line->to_company : nothing;
    if (field == "earned") return product ? to_text(line->earned) : std::string();
    return std::nullopt;
}

Answer idea_figure(const Scene& scene, community::IdeaId id, std::string_view field) {
    const community::IdeaRecord* idea = scene.community ? find_idea(**scene.community, id) : nullptr;
    if (scene.community && !idea) return std::nullopt;
    if (field == "stage") return idea ? std::string(to_text(idea->stage)) : std::string();
    if (field == "fee") return scene.money(idea ? idea->fee : 0);
    if (field == "selected") return idea ? idea->selected : false;
    if (field == "credited") {
        if (!idea) return std::string();
        return name_of(*scene.community, (*scene.community)->similar.credited(idea->idea).submitter);
    }
    return std::nullopt;
}

Answer member_figure(const Scene& scene, const std::vector<community::MemberId>& members, std::string_view field) {
    Money community::MemberStatement::* const fields[] = {
        &community::MemberStatement::credited, &community::MemberStatement::corrected,
        &community::MemberStatement::withheld, &community::MemberStatement::payment_fees,
        &community::MemberStatement::paid,     &community::MemberStatement::balance,
        &community::MemberStatement::on_hold};
    constexpr std::string_view names[] = {"credited", "corrected", "withheld", "payment_fees",
                                          "paid",     "balance",   "on_hold"};
    const auto name = std::find(std::begin(names), std::end(names), field);
    if (name == std::end(names)) return std::nullopt;
    Money sum = scene.money(0);
    if (!scene.community) return sum;
    for (const community::MemberId member : members) {
        const auto account = statement_of(*scene.community, member);
        if (!account) return std::nullopt;
        sum += (*account).*fields[name - std::begin(names)];
    }
    return sum;
}

Answer influence_figure(const Scene& scene, community::IdeaId idea, std::string_view of, bool of_bucket) {
    const auto members = scene.names.members.find(of);
    if (!of_bucket && members == scene.names.members.end()) return std::nullopt;
    if (!scene.community) return std::string();
    const community::ProductRecord* product = find_product(**scene.community, idea);
    const auto influence = product ? influence_in(*product) : failure(Findings{});
    if (!influence) return std::nullopt;
    Weight weight = 0;
    if (of_bucket)
        weight = influence->weight_of(std::string(of));
    else
        for (const community::MemberId member : members->second) weight += influence->weight_of(member);
    return community::share_text(weight, influence->whole());
}

Answer rights_figure(const Scene& scene, community::IdeaId id, std::string_view field) {
    for (const community::Right right :
         {community::Right::title, community::Right::licence, community::Right::royalty}) {
        const std::string name(to_text(right));
        if (field != name && field != name + "_by") continue;
        if (!scene.community) return std::string();
        const community::IdeaRecord* idea = find_idea(**scene.community, id);
        if (!idea) return std::nullopt;
        const community::RightsRecord* record = idea->rights.held(right, (*scene.community)->last);
        if (!record) return std::string("nobody");
        return field == name ? holders_text(*scene.community, record->holders)
                             : std::string(to_text(record->by)) + " at " + to_text(record->at);
    }
    return std::nullopt;
}

Answer round_figure(const Scene& scene, community::RoundId id, std::string_view field) {
    const community::RoundRecord* round = scene.community ? find_round(**scene.community, id) : nullptr;
    if (scene.community && !round) return std::nullopt;
    if (field == "closed") return round ? round->closed : false;
    if (field == "selected") {
        std::string list;
        for (const community::IdeaId idea : round ? round->selected : std::vector<community::IdeaId>{})
            detail::add_to_list(list, find_idea(**scene.community, idea)->title);
        return list;
    }
    if (take(field, "votes.")) {
        const auto idea = scene.names.ideas.find(field);
        if (idea == scene.names.ideas.end()) return std::nullopt;
        return round ? whole(round->round.votes_for(idea->second)) : std::int64_t{0};
    }
    const bool of_rater = take(field, "qualified.");
    if (of_rater || take(field, "votes_cast.")) {
        const auto member = scene.names.members.find(field);
        if (member == scene.names.members.end() || member->second.size() != 1) return std::nullopt;
        if (of_rater) return round ? round->round.qualifies_as_rater(member->second.front()) : false;
        return round ? whole(round->round.votes_cast(member->second.front())) : std::int64_t{0};
    }
    return std::nullopt;
}

Answer presale_figure(const Scene& scene, community::IdeaId idea, std::string_view field) {
    if (!scene.community) {
        const auto measure = scene.names.presales.find(idea);
        return kind_of_figure(field, scene.currency,
                              measure == scene.names.presales.end() ? campaign::Measure::money : measure->second);
    }
    const community::ProductRecord* product = find_product(**scene.community, idea);
    if (!product || !product->presale) return std::nullopt;
    return figure_of(*product->presale, statement(*product->presale), {}, field);
}

Answer holder_figure(const Scene& scene, std::string_view field) {
    for (std::size_t account = 0; account < account_count; ++account)
        if (to_text(static_cast<Account>(account)) == field)
            return scene.statement ? scene.statement->holders[account] : scene.money(0);
    return std::nullopt;
}

Answer read(const Scene& scene, std::string_view name) {
    if (name == "members") return scene.statement ? whole(scene.statement->members) : std::int64_t{0};
    if (name == "ideas") return scene.statement ? whole(scene.statement->ideas) : std::int64_t{0};
    if (name == "units") return scene.statement ? scene.statement->units : std::int64_t{0};
    if (take(name, "holders.")) return holder_figure(scene, name);
    if (take(name, "members.")) {
        const auto member = take_name(name, scene.names.members);
        return member == scene.names.members.end() ? std::nullopt : member_figure(scene, member->second, name);
    }
    if (take(name, "rounds.")) {
        const auto round = take_name(name, scene.names.rounds);
        return round == scene.names.rounds.end() ? std::nullopt : round_figure(scene, round->second, name);
    }
    using OfIdea = Answer (*)(const Scene&, community::IdeaId, std::string_view);
    constexpr std::pair<std::string_view, OfIdea> of_idea[] = {
        {"products.", product_figure},
        {"ideas.", idea_figure},
        {"rights.", rights_figure},
        {"presales.", presale_figure},
        {"influence.",
         [](const Scene& s, community::IdeaId i, std::string_view of) { return influence_figure(s, i, of, false); }},
        {"buckets.",
         [](const Scene& s, community::IdeaId i, std::string_view of) { return influence_figure(s, i, of, true); }},
    };
    for (const auto& [prefix, figure] : of_idea) {
        if (!take(name, prefix)) continue;
        const auto idea = take_name(name, scene.names.ideas);
        return idea == scene.names.ideas.end() ? std::nullopt : figure(scene, idea->second, name);
    }
    const auto figures = community::figure_names();
    if (std::find(figures.begin(), figures.end(), name) == figures.end()) return std::nullopt;
    if (!scene.statement) return scene.money(0);
    const auto amount = figure(*scene.statement, name);
    return amount ? Answer(*amount) : std::nullopt;
}

}  // namespace

std::optional<Figure> kind_of_community_figure(std::string_view name, const StoryNames& names,
                                               const community::Terms& terms) {
    return read({names, terms.currency}, name);
}

std::string known_community_figures() {
    std::string list = "members, ideas, units";
    for (const std::string& name : community::figure_names()) list += ", " + name;
    return list +
           ", members.NAME.paid, products.IDEA.stage, ideas.IDEA.stage, rounds.NAME.selected, influence.IDEA.NAME, "
           "buckets.IDEA.BUCKET, rights.IDEA.title, presales.IDEA.collected, holders.community";
}

std::optional<Figure> community_figure_of(const community::Community& community, const community::Statement& statement,
                                          const StoryNames& names, std::string_view name) {
    return read({names, community.terms().currency, &community, &statement}, name);
}

std::string holders_text(const community::Community& community, const community::Holders& holders) {
    constexpr std::size_t most = 6;
    if (holders.shares.empty()) return "nobody";
    if (holders.shares.size() == 1) return name_of(community, holders.shares.front().payee);
    std::vector<revenue::Share> shares = holders.shares;
    std::stable_sort(shares.begin(), shares.end(),
                     [](const revenue::Share& a, const revenue::Share& b) { return a.weight > b.weight; });
    std::string list;
    for (std::size_t i = 0; i < std::min(most, shares.size()); ++i)
        detail::add_to_list(
            list, name_of(community, shares[i].payee) + " " + community::share_text(shares[i].weight, holders.whole));
    if (shares.size() > most) list += ", ... " + std::to_string(shares.size()) + " holders";
    return list;
}

}  // namespace crowdrules::detail
