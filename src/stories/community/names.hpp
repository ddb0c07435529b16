// SPDX-License-Identifier: BSL-1.0
// Community names: what the names of a community story stand for, and how lists and crowds become single commands.
#pragma once

#include <crowdrules/stories/community/story.hpp>

#include <protocol/reader.hpp>
#include <string>
#include <vector>

namespace crowdrules::detail {

/// Hands out ids in the order in which names come in, and finds them again.
class CommunityNames : public NameBook {
  public:
    /// More would only fill the memory.
    static constexpr std::int64_t most_in_crowd = 1'000'000;

    explicit CommunityNames(StoryNames& names) : names_(names) {}

    /// Goes through the time line for the names that its lines bring in. What is malformed is left to the reader.
    void collect(const Node& timeline);
    /// The company, and whoever else the terms name without that they join.
    void add_party(const std::string& name);
    /// From here on a name that nobody brought in stands for something new: a line wants it to be refused.
    void allow_unknown(bool allowed) { allow_unknown_ = allowed; }

    Result<std::uint64_t> id_of(const std::type_info& kind, const std::string& name) override;

    /// A new sale, for a line that names none.
    [[nodiscard]] std::uint64_t next_sale() { return ++sales_; }
    /// What a member is called: "crowd 17" for one of a crowd.
    [[nodiscard]] std::string name_of(community::MemberId member) const;

    /// `verb` once for each member, idea and criterion that it lists, crowds included; crowds among claims likewise.
    /// What is not said as SomeText says it is refused to `reader`, and left out.
    [[nodiscard]] std::vector<Node> each(Node verb, Reader& reader, const Path& path) const;

  private:
    void add_members(const Node& who, std::uint64_t count);
    [[nodiscard]] std::vector<Node> people(const Node& who, Reader& reader, const Path& path) const;

    StoryNames& names_;
    std::vector<std::string> called_;  ///< by member
    std::uint64_t ideas_ = 0, rounds_ = 0, sales_ = 0, others_ = 0;
    bool allow_unknown_ = false;
};

}  // namespace crowdrules::detail
