// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/stories/story.hpp>

#include <protocol/document.hpp>
#include <protocol/json_schema.hpp>
#include <protocol/sealed.hpp>
#include <stories/campaign/kind.hpp>
#include <stories/community/kind.hpp>
#include <stories/plan/kind.hpp>
#include <utility>

namespace crowdrules {
namespace {

/// Every kind of story. An alternative of `Story`, `StoryPlay` or `StorySubject` belongs to the kind whose function
/// takes it; there is no other list.
using Kinds = std::tuple<detail::CampaignKind, detail::PlanKind, detail::CommunityKind>;

/// The kind whose `Text`, `Play` or `Subject` this is.
template <class Value, class Kind, class... Rest>
constexpr auto kind_of(std::tuple<Kind, Rest...>*) {
    if constexpr (std::is_same_v<Value, typename Kind::Subject> || std::is_same_v<Value, typename Kind::Play> ||
                  std::is_same_v<Value, typename Kind::Text>)
        return Kind{};
    else
        return kind_of<Value>(static_cast<std::tuple<Rest...>*>(nullptr));
}
template <class Value>
using KindOf = decltype(kind_of<Value>(static_cast<Kinds*>(nullptr)));

template <class Take>
void for_each_kind(Take take) {
    [&]<class... Kind>(std::tuple<Kind...>*) { (take(Kind{}), ...); }(static_cast<Kinds*>(nullptr));
}

}  // namespace

Result<Story, Findings> parse_story(std::string_view text, std::string_view source, const ReadText& read) {
    const auto root = detail::parse_toml(text, std::string(source));
    if (!root) return failure(Findings{detail::finding_of(root.error())});

    std::string tables, given;
    const Node* second = nullptr;
    std::optional<Result<Story, Findings>> story;
    for_each_kind([&]<class Kind>(Kind) {
        const std::string name = "[" + std::string(Kind::table) + "]";
        (tables += tables.empty() ? "" : " or ") += name;
        const Node* const table = root->find(Kind::table);
        if (!table) return;
        (given += given.empty() ? "" : " and ") += name;
        if (story) {
            second = table;
            return;
        }
        auto parsed = Kind::parse(*root, read);
        story.emplace(parsed ? Result<Story, Findings>(std::move(*parsed)) : failure(std::move(parsed.error())));
    });
    const auto refuse = [&](const Node& node, std::string what) {
        return failure(Findings{detail::finding_of(TextError{node.where, std::move(what), {}, tables})});
    };
    if (second) return refuse(*second, "two kinds of story in one file: " + given);
    if (!story) return refuse(*root, "nothing here tells what kind of story it is");
    return std::move(*story);
}

namespace {

/// Of what is one of several.
template <class Of>
std::string schema_of(std::string_view title, Of of) {
    detail::JsonSchema schema;
    std::vector<std::string> all;
    for_each_kind([&]<class Kind>(Kind kind) { of(kind, schema, all); });
    return schema.document(title, schema.any_record(all));
}

}  // namespace

std::string story_schema() {
    return schema_of("A story of crowdrules", []<class Kind>(Kind, detail::JsonSchema& schema, auto& all) {
        all.push_back(Kind::file_schema(schema));
    });
}

std::string event_schema() {
    return schema_of("An event of crowdrules", []<class Kind>(Kind, detail::JsonSchema& schema, auto& all) {
        all.push_back(Kind::event_schema(schema));
    });
}

std::string command_schema() {
    return schema_of("A command of crowdrules", []<class Kind>(Kind, detail::JsonSchema& schema, auto& all) {
        if constexpr (requires { Kind::command_schema(schema); }) all.push_back(Kind::command_schema(schema));
    });
}

Result<StoryPlay> play_story(const Story& story, const PlayProgress& progress) {
    return std::visit(
        [&]<class Text>(const Text& text) -> Result<StoryPlay> {
            auto played = KindOf<Text>::play(text, progress);
            if (!played) return failure(std::move(played.error()));
            return StoryPlay(std::move(*played));
        },
        story);
}

const std::vector<Comparison>& story_comparisons(const StoryPlay& play) {
    return std::visit([](const auto& played) -> const std::vector<Comparison>& { return played.comparisons; }, play);
}

std::vector<std::string> story_surprises(const StoryPlay& play) {
    return std::visit([](const auto& played) { return played.surprises(); }, play);
}

StorySubject subject_of(StoryPlay play) {
    return std::visit(
        []<class Play>(Play&& played) { return StorySubject(KindOf<Play>::subject(std::move(played))); },
        std::move(play));
}

std::string story_report(const StorySubject& subject, ReportStyle style) {
    return std::visit([&]<class Subject>(const Subject& s) { return KindOf<Subject>::report(s, style); }, subject);
}

std::string story_json(const StorySubject& subject, int indent) {
    return std::visit([&]<class Subject>(const Subject& s) { return KindOf<Subject>::json(s, indent); }, subject);
}

Result<Derivation, std::string> explain_story(const StorySubject& subject, std::string_view figure) {
    return std::visit([&]<class Subject>(const Subject& s) { return KindOf<Subject>::explain(s, figure); }, subject);
}

void write_story_journal(const StoryPlay& play, const std::function<void(std::string_view)>& put,
                         const PlayProgress& progress) {
    std::visit([&]<class Play>(const Play& played) { KindOf<Play>::write_journal(played, put, progress); }, play);
}

// -------------------------------------------------------------------------------------------------------------- replay

namespace {

/// One fold for each kind.
template <class... Kind>
std::variant<std::monostate, typename Kind::Fold...> any_fold(std::tuple<Kind...>*);
using AnyFold = decltype(any_fold(static_cast<Kinds*>(nullptr)));

constexpr std::size_t longest_first_line = 65'536;

}  // namespace

struct StoryReplay::State {
    std::string source;
    std::string start;  ///< of the first line, which tells the kind
    AnyFold fold{};
    std::optional<TextError> error{};

    /// A journal of a kind that there is none of is read as a campaign's, which says what is wrong with it.
    void begin(std::string_view first_line) {
        const std::string kind = detail::sealed_kind(first_line);
        fold.template emplace<1>(source);
        for_each_kind([&]<class Kind>(Kind) {
            if (Kind::journal == kind) fold.template emplace<typename Kind::Fold>(source);
        });
    }
    bool is_begun() const noexcept { return fold.index() > 0; }

    Result<void> give(std::string_view piece) {
        const auto take = [&]<class Fold>(Fold& f) -> Result<void> {
            if constexpr (std::is_same_v<Fold, std::monostate>)
                return {};
            else
                return f.add(piece);
        };
        auto done = std::visit(take, fold);
        if (!done) error = done.error();
        return done;
    }
};

StoryReplay::StoryReplay(std::string source) : state_(new State{std::move(source), {}}) {}
StoryReplay::~StoryReplay() = default;
StoryReplay::StoryReplay(StoryReplay&&) noexcept = default;
StoryReplay& StoryReplay::operator=(StoryReplay&&) noexcept = default;

Result<void> StoryReplay::add(std::string_view piece) {
    State& state = *state_;
    if (state.error) return failure(*state.error);
    if (state.is_begun()) return state.give(piece);
    state.start += piece;
    const auto end = state.start.find('\n');
    // A first line is short. What is none is given on as it comes, and refused for its length.
    if (end == std::string::npos && state.start.size() < longest_first_line) return {};
    state.begin(std::string_view(state.start).substr(0, end));
    return state.give(std::exchange(state.start, {}));
}

Result<StorySubject> StoryReplay::finish() {
    State& state = *state_;
    if (state.error) return failure(*state.error);
    if (!state.is_begun()) {
        state.begin(state.start);
        if (auto given = state.give(std::exchange(state.start, {})); !given) return failure(given.error());
    }
    return std::visit(
        []<class Fold>(Fold& fold) -> Result<StorySubject> {
            if constexpr (std::is_same_v<Fold, std::monostate>) {
                return failure(TextError{});
            } else {
                auto subject = fold.finish();
                if (!subject) return failure(subject.error());
                return StorySubject(std::move(*subject));
            }
        },
        state.fold);
}

}  // namespace crowdrules
