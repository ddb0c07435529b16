// SPDX-License-Identifier: BSL-1.0
// Community text: the tables of a community story as they stand in its file, before names are looked up.
#pragma once

#include <crowdrules/community/rejection.hpp>
#include <crowdrules/stories/community/story.hpp>

#include <algorithm>
#include <array>
#include <community/schema/command.hpp>
#include <map>
#include <optional>
#include <protocol/reader.hpp>
#include <stories/acts.hpp>
#include <stories/expectation_text.hpp>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules::detail {

struct CommunityHeadText {
    std::string title, source, pack, decided_by;
    std::optional<Date> on;                          ///< whose day's rules hold; none: the day of the founding
    std::map<std::string, Node, std::less<>> given;  ///< what the pack does not establish, or lets a community change
    Instant founded{};
};

/// `[terms]` where the rules are a pack's: what a community says beside them.
struct CommunityDraftText {
    std::string title, company;
    Currency currency = USD;
    std::vector<std::string> channels;
    std::map<std::string, std::string> parties;  ///< members by what the pack or `given` calls them
    std::optional<Instant> payouts_from;
};

/// A member promises to buy what a presale offers, or takes that back.
struct CommitText {
    community::IdeaId product;
    community::MemberId member;
    campaign::RewardId reward{1};
    std::optional<Money> amount;  ///< none: the price of the reward
};
struct UncommitText {
    community::IdeaId product;
    community::MemberId member;
};

/// The words for what a line does beside the commands of the engine: a presale's are short.
template <>
inline constexpr std::string_view alternative_name<CommitText> = "commit";
template <>
inline constexpr std::string_view alternative_name<UncommitText> = "uncommit";

/// The fields of which a line may name many, once for each: their tables come to a command each.
inline constexpr std::string_view many_fields[] = {"idea", "criterion", "member"};

/// Some of a crowd.
struct SomeText {
    std::string of;
    std::optional<std::uint64_t> first, last;
};
using MembersText = Later<community::MemberId, SomeText, std::vector<Later<community::MemberId, SomeText>>>;

/// A command, or a claim within one, as a line has it: perhaps for many at once (CommunityNames::each), and without
/// what goes without saying.
template <class Command>
struct VerbText {
    Command command = blank<Command>(USD);
};
template <class Command>
concept OfMember = requires(Command command) { command.member; };
/// Members alone stand for a table of nothing else.
template <class Command>
using Verb =
    std::conditional_t<OfMember<Command>, Later<VerbText<Command>, community::MemberId, std::vector<MembersText>>,
                       Later<VerbText<Command>>>;

template <class Variant>
struct VerbsOf;
template <class... Commands>
struct VerbsOf<std::variant<Commands...>> {
    std::tuple<std::optional<Verb<Commands>>..., std::optional<Verb<CommitText>>, std::optional<Verb<UncommitText>>>
        all;

    /// Calls `take` with each word and what stands there.
    template <class Take>
    void each(Take take) {
        constexpr std::string_view words[] = {alternative_name<Commands>..., alternative_name<CommitText>,
                                              alternative_name<UncommitText>};
        std::apply([&, word = std::begin(words)](auto&... what) mutable { (take(*word++, what), ...); }, all);
    }
};

/// What the line does, by its word.
struct CommunityLineText {
    Instant at{};
    CommandId command;
    std::optional<std::uint32_t> accepted;
    std::optional<Later<community::RejectionCode>> refused;
    bool already_done = false;
    std::optional<FiguresText> expect;
    VerbsOf<community::CommandBody::variant> verbs;
};

struct CommunityConductText {
    Acts charges = Acts::when_due;
    Acts payments = Acts::when_due;
};

struct CommunityFileText {
    CommunityHeadText community;
    Later<community::Terms, CommunityDraftText> terms;  ///< without a pack, and with one
    Later<std::vector<CommunityLineText>> timeline;
    Later<CommunityConductText> settlement;
    FiguresText expect;
};

inline void describe(Fields& v, CommunityHeadText& head) {
    v("title", head.title, required);
    v("source", head.source);
    v("pack", head.pack);
    v("on", head.on);
    v("given", head.given);
    v("founded", head.founded, required);
    v("decided_by", head.decided_by);
}
inline void describe(Fields& v, CommunityDraftText& draft) {
    v("title", draft.title);
    v.currency("currency", draft.currency, required);
    v("company", draft.company, required);
    v("channels", draft.channels, required);
    v("parties", draft.parties);
    v("payouts_from", draft.payouts_from);
}
inline void describe(Fields& v, CommunityFileText& file) {
    v("community", file.community, required);
    v("terms", file.terms, required);
    v("timeline", file.timeline);
    v("settlement", file.settlement);
    v("expect", file.expect);
}
inline void describe(Fields& v, CommunityLineText& line) {
    v("at", line.at, required);
    v("command", line.command);
    v("accepted", line.accepted);
    v("refused", line.refused);
    v("already_done", line.already_done);
    v("expect", line.expect);
    line.verbs.each([&](std::string_view verb, auto& what) { v(verb, what); });
}
inline void describe(Fields& v, CommitText& commit) {
    v("product", commit.product, required);
    v("member", commit.member, required);
    v("reward", commit.reward, stated);
    v("amount", commit.amount);
}
inline void describe(Fields& v, UncommitText& uncommit) {
    v("product", uncommit.product, required);
    v("member", uncommit.member, required);
}
inline void describe(Fields& v, SomeText& some) {
    v("of", some.of, required);
    v("first", some.first);
    v("last", some.last);
}
/// The fields of a command as `v` is told of them for a VerbText of it.
class VerbFields : public Fields {
  public:
    VerbFields(Fields& v, Value command) : v_(v), command_(command.type) { go_over(command); }

  private:
    void on_field(const Field& field, Value value) override;

    Fields& v_;
    const Type& command_;
};
template <class Command>
void describe(Fields& v, VerbText<Command>& verb) {
    VerbFields(v, value_of(verb.command));
    if constexpr (std::is_same_v<Command, community::JoinCommunity>) {
        std::uint64_t crowd = 1;
        v("count", crowd);
    }
}
inline void VerbFields::on_field(const Field& field, Value value) {
    Field written = field;
    const bool is_filled_in =
        field.name == "decided_by" || (field.name == "sale" && command_.is<community::RecordSale>());
    if (is_filled_in) written.presence = Presence::optional;
    const auto put = [&](auto&& many) { v_(written, value_of(many)); };
    const bool is_one_of_many =
        std::find(std::begin(many_fields), std::end(many_fields), field.name) != std::end(many_fields);
    if (is_one_of_many && value.type.is<community::MemberId>())
        put(MembersText());
    else if (is_one_of_many && value.type.is<community::IdeaId>())
        put(Later<community::IdeaId, std::vector<community::IdeaId>>());
    else if (is_one_of_many && value.type.is<std::string>())
        put(Later<std::string, std::vector<std::string>>());
    else if (value.type.is<std::vector<community::Claim>>())
        put(std::vector<Verb<community::Claim>>());
    else
        v_(written, value);
}
inline void describe(Fields& v, CommunityConductText& conduct) {
    v("charges", conduct.charges);
    v("payments", conduct.payments);
}

}  // namespace crowdrules::detail
