// SPDX-License-Identifier: BSL-1.0
// Invention text: the tables of an invention story as they stand in its file, before names are looked up.
#pragma once

#include <crowdrules/stories/community/story.hpp>

#include <array>
#include <invention/describe_command.hpp>
#include <map>
#include <optional>
#include <protocol/reader.hpp>
#include <stories/acts.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdrules::detail {

struct InventionHeadText {
    std::string title, source, pack, decided_by;
    std::optional<Date> on;                          ///< whose day's rules hold; none: the day of the founding
    std::map<std::string, Node, std::less<>> given;  ///< what the pack does not establish, or lets a community change
    Instant founded{};
};

/// `[terms]` where the rules are a pack's: what a community says beside them.
struct InventionDraftText {
    std::string title, company;
    Currency currency = USD;
    std::vector<std::string> channels;
    std::map<std::string, std::string> parties;  ///< members by what the pack or `given` calls them
    std::optional<Instant> payouts_from;
};

struct InventionFileText {
    InventionHeadText invention;
    Node terms, timeline, settlement, expect;
};

template <class Variant>
struct NamesOf;
template <class... Alternatives>
struct NamesOf<std::variant<Alternatives...>> {
    static constexpr std::array<std::string_view, sizeof...(Alternatives)> names{alternative_name<Alternatives>...};
};
/// The words for what a line does beside the commands of the engine: a presale's are short.
inline constexpr std::string_view commit_verb = "commit";
inline constexpr std::string_view uncommit_verb = "uncommit";

/// What the line does, by its word.
struct InventionLineText {
    Instant at{};
    CommandId command;
    std::optional<std::uint32_t> accepted;
    std::optional<Node> refused;
    bool already_done = false;
    std::optional<Node> expect;
    std::map<std::string, std::optional<Node>, std::less<>> verbs;
};

/// A member promises to buy what a presale offers, or takes that back.
struct CommitText {
    IdeaId product;
    MemberId member;
    RewardId reward{1};
    std::optional<Money> amount;  ///< none: the price of the reward
};
struct UncommitText {
    IdeaId product;
    MemberId member;
};

/// Some of a crowd.
struct InventionConductText {
    Acts charges = Acts::when_due;
    Acts payments = Acts::when_due;
};

template <class V>
void describe(V& v, Of<InventionHeadText> auto& head) {
    v("title", head.title, required);
    v("source", head.source);
    v("pack", head.pack);
    v("on", head.on);
    v("given", head.given);
    v("founded", head.founded, required);
    v("decided_by", head.decided_by);
}
template <class V>
void describe(V& v, Of<InventionDraftText> auto& draft) {
    v("title", draft.title);
    v.currency("currency", draft.currency, required);
    v("company", draft.company, required);
    v("channels", draft.channels, required);
    v("parties", draft.parties);
    v("payouts_from", draft.payouts_from);
}
template <class V>
void describe(V& v, Of<InventionFileText> auto& file) {
    v("invention", file.invention, required);
    v("terms", file.terms, required);
    v("timeline", file.timeline);
    v("settlement", file.settlement);
    v("expect", file.expect);
}
template <class V>
void describe(V& v, Of<InventionLineText> auto& line) {
    v("at", line.at, required);
    v("command", line.command);
    v("accepted", line.accepted);
    v("refused", line.refused);
    v("already_done", line.already_done);
    v("expect", line.expect);
    for (const std::string_view verb : NamesOf<InventionCommandBody>::names) v(verb, line.verbs[std::string(verb)]);
    v(commit_verb, line.verbs[std::string(commit_verb)]);
    v(uncommit_verb, line.verbs[std::string(uncommit_verb)]);
}
template <class V>
void describe(V& v, Of<CommitText> auto& commit) {
    v("product", commit.product, required);
    v("member", commit.member, required);
    v("reward", commit.reward, stated);
    v("amount", commit.amount);
}
template <class V>
void describe(V& v, Of<UncommitText> auto& uncommit) {
    v("product", uncommit.product, required);
    v("member", uncommit.member, required);
}
template <class V>
void describe(V& v, Of<InventionConductText> auto& conduct) {
    v("charges", conduct.charges);
    v("payments", conduct.payments);
}

}  // namespace crowdrules::detail
