// SPDX-License-Identifier: BSL-1.0
#include "names.hpp"

#include "story_text.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::detail {
namespace {

/// With more names than these no similar one is looked for.
constexpr std::size_t most_compared = 1'000;
/// Names that nobody brought in come behind all others.
constexpr std::uint64_t first_unknown = std::uint64_t{1} << 40;

const Node* text_of(const Node& verb, std::string_view field) {
    const Node* node = verb.find(field);
    return node && node->kind == Node::Kind::text ? node : nullptr;
}

Node number(std::uint64_t id, const TextPosition& where) {
    Node node = Node::of(static_cast<std::int64_t>(id));
    node.where = where;
    return node;
}

template <class Ids>
std::string known(const Ids& ids, std::string_view what) {
    std::string list;
    for (const auto& [name, id] : ids) {
        if (list.size() > 200) return list + ", ...";
        list += (list.empty() ? "'" : ", '") + name + "'";
    }
    return list.empty() ? "a line that brings in " + std::string(what) : "one of " + list;
}

}  // namespace

void CommunityNames::add_members(const Node& who, std::uint64_t count) {
    if (who.kind == Node::Kind::list) {
        for (const Node& one : who.items) add_members(one, 1);
        return;
    }
    if (who.kind != Node::Kind::text || names_.members.contains(who.text)) return;
    std::vector<community::MemberId>& members = names_.members[who.text];
    for (std::uint64_t i = 0; i < count; ++i) {
        called_.push_back(count == 1 ? who.text : who.text + " " + std::to_string(i + 1));
        members.push_back(community::MemberId{called_.size()});
        if (count > 1) names_.members.try_emplace(called_.back(), std::vector<community::MemberId>{members.back()});
    }
}

void CommunityNames::collect(const Node& timeline) {
    for (const Node& line : timeline.items) {
        for (std::size_t i = 0; i < line.keys.size(); ++i) {
            const std::string& word = line.keys[i].name;
            const Node& verb = line.items[i];
            const Node* name = nullptr;
            if (word == "join_community") {
                const Node* member = verb.kind == Node::Kind::table ? verb.find("member") : &verb;
                const Node* count = verb.kind == Node::Kind::table ? verb.find("count") : nullptr;
                const bool is_crowd = count && count->kind == Node::Kind::integer && count->integer > 0 &&
                                      count->integer <= most_in_crowd;
                if (member) add_members(*member, is_crowd ? static_cast<std::uint64_t>(count->integer) : 1);
            }
            if (word == "hand_in_idea" || word == "contribute")
                if ((name = text_of(verb, "idea")) && !names_.ideas.contains(name->text))
                    names_.ideas[name->text] = community::IdeaId{++ideas_};
            if (word == "open_round" || word == "open_phase")
                if ((name = text_of(verb, "round")) && !names_.rounds.contains(name->text))
                    names_.rounds[name->text] = community::RoundId{++rounds_};
            if (word == "record_sale")
                if ((name = text_of(verb, "sale")) && !names_.sales.contains(name->text))
                    names_.sales[name->text] = community::SaleId{++sales_};
        }
    }
}

void CommunityNames::add_party(const std::string& name) {
    add_members(Node::of(name), 1);
}

std::string CommunityNames::name_of(community::MemberId member) const {
    return member.value - 1 < called_.size() ? called_[member.value - 1] : std::string();
}

Result<std::uint64_t> CommunityNames::id_of(const std::type_info& kind, const std::string& name) {
    const auto look_up = [&](const auto& ids, std::string_view what) -> Result<std::uint64_t> {
        const auto found = ids.find(name);
        if constexpr (requires { found->second.value; }) {
            if (found != ids.end()) return found->second.value;
        } else {
            if (found != ids.end() && found->second.size() == 1) return found->second.front().value;
            if (found != ids.end())
                return failure(TextError{{}, "a crowd, where one member is meant", name, "a member"});
        }
        if (allow_unknown_) return first_unknown + ++others_;
        std::vector<std::string_view> all;
        // Many lines may each name somebody unknown: not each is compared with everybody.
        if (ids.size() <= most_compared)
            for (const auto& entry : ids) all.push_back(entry.first);
        const std::string_view near = nearest_name(name, all);
        return failure(TextError{{},
                                 "no line brings in the " + std::string(what) + " '" + name + "'" +
                                     (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?"),
                                 name,
                                 known(ids, "the " + std::string(what))});
    };
    if (kind == typeid(community::MemberId) || kind == typeid(BackerId)) return look_up(names_.members, "member");
    if (kind == typeid(community::IdeaId)) return look_up(names_.ideas, "idea");
    if (kind == typeid(community::RoundId)) return look_up(names_.rounds, "round");
    if (kind == typeid(community::SaleId)) return look_up(names_.sales, "sale");
    return failure(TextError{{}, "a name, where a number is meant", name, "a whole number"});
}

std::vector<Node> CommunityNames::people(const Node& who, Reader& reader, const Path& path) const {
    if (who.kind == Node::Kind::list) {
        std::vector<Node> all;
        for (std::size_t i = 0; i < who.items.size(); ++i) {
            std::vector<Node> some = people(who.items[i], reader, {&path, {}, i + 1});
            all.insert(all.end(), some.begin(), some.end());
        }
        return all;
    }
    SomeText some;
    some.of = who.kind == Node::Kind::text ? who.text : std::string();
    if (who.kind == Node::Kind::table && !reader.read(who, some, path)) return {};
    const auto group = names_.members.find(some.of);
    if (group == names_.members.end()) return {who.kind == Node::Kind::table ? *who.find("of") : who};
    std::vector<community::MemberId> members = group->second;
    const auto at_most = [&](const std::optional<std::uint64_t>& count) {
        return static_cast<std::size_t>(std::min<std::uint64_t>(count.value_or(members.size()), members.size()));
    };
    members.erase(members.begin(), members.end() - static_cast<std::ptrdiff_t>(at_most(some.last)));
    members.resize(at_most(some.first));
    std::vector<Node> all;
    for (const community::MemberId member : members) all.push_back(number(member.value, who.where));
    return all;
}

std::vector<Node> CommunityNames::each(Node verb, Reader& reader, const Path& path) const {
    if (verb.kind != Node::Kind::table) {  // members alone
        Node member = std::exchange(verb, Node{});
        verb.where = member.where;
        verb.keys.push_back({"member", member.where});
        verb.items.push_back(std::move(member));
    }
    std::vector<Node> all{std::move(verb)};
    for (const std::string_view field : many_fields) {
        std::vector<Node> next;
        for (Node& one : all) {
            const auto key = std::find_if(one.keys.begin(), one.keys.end(),
                                          [&](const Node::Key& found) { return found.name == field; });
            if (key == one.keys.end()) {
                next.push_back(std::move(one));
                continue;
            }
            const auto place = static_cast<std::size_t>(key - one.keys.begin());
            const Node value = one.items[place];
            std::vector<Node> values{value};
            if (field == "member")
                values = people(value, reader, {&path, field});
            else if (value.kind == Node::Kind::list)
                values = value.items;
            for (Node& single : values) {
                one.items[place] = std::move(single);
                next.push_back(one);
            }
        }
        all = std::move(next);
    }
    for (Node& one : all)
        for (std::size_t i = 0; i < one.keys.size(); ++i)
            if (one.keys[i].name == "claims" && one.items[i].kind == Node::Kind::list) {
                std::vector<Node> claims;
                const Path list{&path, "claims"};
                for (std::size_t place = 0; place < one.items[i].items.size(); ++place) {
                    std::vector<Node> some = each(one.items[i].items[place], reader, {&list, {}, place + 1});
                    claims.insert(claims.end(), some.begin(), some.end());
                }
                one.items[i].items = std::move(claims);
            }
    return all;
}

}  // namespace crowdrules::detail
