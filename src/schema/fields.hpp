// SPDX-License-Identifier: BSL-1.0
// Fields: what a description of a struct is told to. Each struct of terms, commands, events, files and packs has one:
//
//   inline void describe(Fields& v, FeeBand& band) { v.amount("from", band.from); v("rate", band.rate); }
//
// It names every field once, in the order in which it is written. Whoever goes over all fields (a reader, a writer, the
// fingerprint of a command, a class of Python) is a Fields, and gets each with its name and its type (type.hpp).
// A description goes over the fields of a value, so it can also name parts of other structs, or call the description of
// a struct whose fields stand beside its own.
#pragma once

#include "type.hpp"

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

struct Field {
    std::string_view name;
    Presence presence = Presence::optional;
    Role role = Role::plain;
};

class Fields {
  public:
    template <class T>
    void operator()(std::string_view name, T& field, Presence presence = {}) {
        on_field({name, presence, Role::plain}, value_of(field));
    }
    template <class T>
    void amount(std::string_view name, T& minor, Presence presence = {}) {
        on_field({name, presence, Role::amount}, value_of(minor));
    }
    template <class T>
    void measured(std::string_view name, T& count, Presence presence = {}) {
        on_field({name, presence, Role::measured}, value_of(count));
    }
    template <class T>
    void measure(std::string_view name, T& measure, Presence presence = {}) {
        on_field({name, presence, Role::measure}, value_of(measure));
    }
    void currency(std::string_view name, Currency& currency, Presence presence = {}) {
        on_field({name, presence, Role::currency}, value_of(currency));
    }
    template <class Measure>
    void counted_in(Measure measure) {
        on_field({{}, Presence::optional, Role::counted_in}, value_of(measure));
    }
    void digest(std::string_view name, std::uint64_t& bits) {
        on_field({name, Presence::optional, Role::digest}, value_of(bits));
    }
    template <class T>
    void added(std::string_view name, T& field) {
        on_field({name, Presence::optional, Role::added}, value_of(field));
    }
    template <class T>
    void one_of(std::string_view name, T& variant) {
        on_field({name, Presence::required, Role::beside}, value_of(variant));
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
};

}  // namespace crowdrules::detail
