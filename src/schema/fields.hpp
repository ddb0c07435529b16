// SPDX-License-Identifier: BSL-1.0
// Fields: what a description of a struct is told to. Each struct of terms, commands, events, files and packs has one:
//
//   inline void describe(Fields& v, FeeBand& band) { v.amount("from", band.from); v("rate", band.rate); }
//
// It names every field once, in the order in which it is written. Whoever goes over all fields (a reader, a writer, the
// fingerprint of a command, a class of Python) is a Fields, and gets each with its name and its type (type.hpp).
// A description goes over the fields of a value, so it can also name parts of other structs, or take in the fields of a
// struct whose fields stand beside its own: v(command.choice).
//
// What a field means stands where the struct is declared, behind the field: see documentation.hpp.
#pragma once

#include "type.hpp"
#include <time/calendar_bounds.hpp>

#include <concepts>
#include <cstdint>
#include <optional>

namespace crowdrules::detail {

/// Whether a text must or may hold a field.
enum class Presence : std::uint8_t {
    optional,  ///< empty (0, false, "", none, the first of an enumeration) when it is left out, and left out when empty
    stated,    ///< has another default than empty, so it is always written
    required,  ///< must be there
};
inline constexpr Presence stated = Presence::stated;
inline constexpr Presence required = Presence::required;

/// What a field is besides its type.
enum class Role : std::uint8_t {
    plain,
    amount,     ///< minor units of the campaign's currency
    measured,   ///< a count in the measure named last, here or in the struct around it
    measure,    ///< what `measured` is counted in from here on
    currency,   ///< what `amount` is counted in from here on
    counted_in, ///< a measure that is no field, for what is measured from here on
    digest,     ///< 64 bits that are no number
    added,      ///< a field that a command got later: a fingerprint passes over it while it is empty
    beside,     ///< a variant: which alternative it is, under the name, with that alternative's fields beside it
};

/// The values that a number, a share or a length of time may have, both ends included: minor units of an amount, whole
/// seconds of a length of time.
struct Range {
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
};
inline constexpr Range any_number{};
inline constexpr Range from_zero{0};
inline constexpr Range from_one{1};
inline constexpr Range part_of_all{0, 1};                     ///< a share: 0% to 100%
inline constexpr Range any_length{0, longest_span.count()};   ///< of time
inline constexpr Range some_length{1, longest_span.count()};  ///< of time

struct Field {
    std::string_view name;
    Presence presence = Presence::optional;
    Role role = Role::plain;
    Range range{};
    const std::type_info* record = nullptr;  ///< the struct that has it
};

/// What an amount is kept in: a list, or a struct, of amounts is described by itself.
template <class T>
concept MinorUnits = std::same_as<T, std::int64_t> || std::same_as<T, std::optional<std::int64_t>>;

class Fields {
  public:
    template <class T>
    void operator()(std::string_view name, T& field, Presence presence = {}, Range range = {}) {
        tell(name, field, presence, Role::plain, range);
    }
    template <class T>
    void operator()(std::string_view name, T& field, Range range) {
        tell(name, field, {}, Role::plain, range);
    }
    template <MinorUnits T>
    void amount(std::string_view name, T& minor, Presence presence = {}, Range range = {}) {
        tell(name, minor, presence, Role::amount, range);
    }
    template <MinorUnits T>
    void amount(std::string_view name, T& minor, Range range) {
        tell(name, minor, {}, Role::amount, range);
    }
    template <class T>
    void measured(std::string_view name, T& count, Presence presence = {}, Range range = {}) {
        tell(name, count, presence, Role::measured, range);
    }
    template <class T>
    void measure(std::string_view name, T& measure, Presence presence = {}) {
        tell(name, measure, presence, Role::measure);
    }
    void currency(std::string_view name, Currency& currency, Presence presence = {}) {
        tell(name, currency, presence, Role::currency);
    }
    template <class Measure>
    void counted_in(Measure measure) {
        tell({}, measure, {}, Role::counted_in);
    }
    void digest(std::string_view name, std::uint64_t& bits) { tell(name, bits, {}, Role::digest); }
    template <class T>
    void added(std::string_view name, T& field) {
        tell(name, field, {}, Role::added);
    }
    template <class T>
    void one_of(std::string_view name, T& variant) {
        tell(name, variant, required, Role::beside);
    }

    /// All fields of a struct.
    template <class T>
    void operator()(T& record) {
        const std::type_info* const around = std::exchange(record_, &typeid(T));
        describe(*this, record);
        record_ = around;
    }

    /// A field as another Fields was told of it: what alters a description passes on the rest.
    void operator()(const Field& field, Value value) { on_field(field, value); }

  protected:
    Fields() = default;
    ~Fields() = default;
    Fields(const Fields&) = default;
    Fields& operator=(const Fields&) = default;

    virtual void on_field(const Field& field, Value value) = 0;

    /// Goes over the fields of `value`, which is a record.
    void go_over(Value value) { static_cast<const RecordType&>(value.type).describe(*this, value.at); }

  private:
    template <class T>
    void tell(std::string_view name, T& field, Presence presence, Role role, Range range = {}) {
        on_field({name, presence, role, range, record_}, value_of(field));
    }

    const std::type_info* record_ = nullptr;
};

template <class T>
void describe_record(Fields& fields, T& record) {
    fields(record);
}

}  // namespace crowdrules::detail
