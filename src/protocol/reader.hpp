// SPDX-License-Identifier: BSL-1.0
// Reader: fills described values from nodes.
//
//   Findings findings;  Terms terms;
//   read(node, terms, {terms.currency}, findings);      // terms are good when findings are empty
//
// Every error is collected, with its place, what was expected and what was found. A name that no field has is refused,
// and the nearest name there is suggested. A field that is left out keeps its default, unless it is required.
#pragma once

#include <crowdrules/time/dated.hpp>
#include <crowdrules/time/deadline.hpp>

#include "counted_in.hpp"
#include "later.hpp"
#include <campaign/schema/terms.hpp>
#include <schema/fields.hpp>
#include <string>
#include <typeinfo>
#include <vector>

namespace crowdrules::detail {

/// Where in a document a value belongs: "rewards[2].minimum". Only written out when something is wrong.
struct Path {
    const Path* above = nullptr;
    std::string_view name;
    std::size_t index = 0;  ///< from 1, of an item of a list

    [[nodiscard]] std::string text() const;
};

/// The name among `names` that was probably meant: at most a third of its letters, rounded up, are other ones. Empty
/// when none is near.
[[nodiscard]] std::string_view nearest_name(std::string_view given, const std::vector<std::string_view>& names);

/// What would be accepted instead of a name that is unknown: the nearest one, otherwise all of them.
[[nodiscard]] std::string meant(std::string_view given, const std::vector<std::string_view>& names);

/// How a value is shown in an error.
[[nodiscard]] std::string shown(const Node& node);

/// Where times on a wall are looked up, and whether any was.
struct Zones {
    const ZoneDatabase& database;
    bool used = false;
};

/// Names that stand for ids in texts that people write: "Anna" for a member.
class NameBook {
  public:
    virtual ~NameBook() = default;
    /// The id that `name` stands for among ids of this type, or what is wrong with it.
    [[nodiscard]] virtual Result<std::uint64_t> id_of(const std::type_info& kind, const std::string& name) = 0;
};

/// Hears what a reader is asked to read, where nothing is read.
class Listener {
  public:
    virtual ~Listener() = default;
    virtual void on_asked(const Field& field, Value nothing) = 0;
    /// The text "none" would do as well.
    virtual void on_none() = 0;
};

/// Reads single values. All read functions return whether the value was good, and add a finding when it was not.
class Reader {
  public:
    /// Without `zones` an instant must be written as one; with them it may be a time on the wall of a place, resolved
    /// here.
    /// With `names` an id may be written as a name.
    Reader(CountedIn counted_in, Findings& findings, Zones* zones = nullptr, NameBook* names = nullptr)
        : counted_in_(counted_in), findings_(findings), zones_(zones), names_(names) {}

    /// Reads nothing, and so finds nothing good: `listener` hears what code would read.
    Reader(CountedIn counted_in, Findings& findings, Listener& listener)
        : Reader(counted_in, findings) {
        listener_ = &listener;
    }

    template <class T>
    bool read(const Node& node, T& value, const Path& path) {
        return read_value(node, value_of(value), path);
    }
    bool read_value(const Node& node, Value value, const Path& path);

    bool read_amount(const Node& node, std::int64_t& minor, const Path& path);
    bool read_measured(const Node& node, std::int64_t& count, const Path& path);
    bool read_digest(const Node& node, std::uint64_t& bits, const Path& path);
    /// Whether there is "none" instead of a value.
    [[nodiscard]] bool is_none(const Node& node) const;

    /// Adds a finding: `what` is wrong with the value at `node`, `accepted` would be read. Returns false.
    bool refuse(const Node& node, const Path& path, std::string what, std::string accepted);
    bool refuse(FindingKind kind, const TextPosition& where, const Path& path, std::string what, std::string accepted);
    /// The same for a value of the wrong kind.
    bool expected(const Node& node, const Path& path, std::string accepted);

    CountedIn& counted_in() noexcept { return counted_in_; }

  private:
    bool get(const Node& node, bool& value, const Path& path);
    bool get(const Node& node, std::string& value, const Path& path);
    bool get(const Node& node, Instant& value, const Path& path);
    bool get(const Node& node, Elapsed& value, const Path& path);
    bool get(const Node& node, Date& value, const Path& path);
    bool get(const Node& node, Decimal& value, const Path& path);
    bool get(const Node& node, Money& value, const Path& path);
    /// An event of a campaign in yen is not read as one in dollars.
    bool has_all_decimals(const Node& node, std::string_view written, Money amount, const Path& path);
    bool get(const Node& node, Currency& value, const Path& path);
    bool get_id(const Node& node, const Type& type, void* value, const Path& path);
    bool get_enumerator(const Node& node, const EnumerationType& type, void* value, const Path& path);
    bool get_list(const Node& node, const ListType& type, void* value, const Path& path);
    bool get_set(const Node& node, const SetType& type, void* value, const Path& path);
    bool get_by_name(const Node& node, const TableType& type, void* value, const Path& path);
    bool get_dated(const Node& node, const DatedType& type, void* value, const Path& path);
    bool get_record(const Node& node, Value value, const Path& path);
    template <class T>
    bool get_parsed(const Node& node, const Result<T>& parsed, T& value, const Path& path);
    bool is_text(const Node& node, const Path& path, const char* accepted);
    bool of_no_currency(const Node& node, const Path& path);
    bool read_whole(const Node& node, Int128 least, Int128 greatest, Int128& number, const Path& path);

    CountedIn counted_in_;
    Findings& findings_;
    Zones* zones_;
    NameBook* names_;
    Listener* listener_ = nullptr;
};

/// The fields of one table.
class TableReader : public Fields {
  public:
    TableReader(Reader reader, const Node& table, const Path& path)
        : reader_(reader), table_(table), path_(path), known_(table.keys.size(), false) {}

    /// Fills a record; then asks for no more.
    bool fill(Value record);
    /// Refuses what no field took. Whether everything was good.
    bool finish();
    /// The names of all fields, for people.
    [[nodiscard]] std::string asked_for() const;

  private:
    void on_field(const Field& field, Value value) override;
    void read_beside(std::string_view name, const OneOfType& type, void* variant);
    const Node* find(std::string_view name, Presence presence);

    Reader reader_;
    const Node& table_;
    const Path& path_;
    std::vector<bool> known_;
    std::vector<std::string_view> names_;
    bool good_ = true;
    bool tell_unknown_ = true;
};

/// Fills `value` from `node`; what is wrong is added to `findings`.
template <class T>
bool read(const Node& node, T& value, CountedIn counted_in, Findings& findings) {
    return Reader(counted_in, findings).read(node, value, Path{});
}

}  // namespace crowdrules::detail
