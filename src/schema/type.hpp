// SPDX-License-Identifier: BSL-1.0
// Type: what can be done with a value of a described type, as data that code walks at run time.
//
//   const Type& type = type_of<FeeSchedule>();       // a record with fields name, bands, banding, ...
//   walk(type, &schedule)                            // a reader, a writer: one function for all types
//
// A type is one of the kinds below. Whatever reads, writes, digests or shows described values is written once, over
// kinds; nothing of it is compiled again for a struct. What the compiler makes for each type is in this header, and
// small.
#pragma once

#include <crowdrules/core/id.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/time/dated.hpp>
#include <crowdrules/time/instant.hpp>

#include <concepts>
#include <core/enumerators.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules::detail {

enum class Kind : std::uint8_t {
    flag,
    whole,  ///< an integer between two bounds
    text,
    instant,
    elapsed,
    date,
    decimal,
    money,
    currency,
    id,
    enumeration,
    optional,
    list,
    set,
    table,   ///< of values by name
    dated,   ///< a value that changed over the years: a list of rows
    shared,  ///< a pointer to a value that never changes
    record,  ///< a struct with named fields
    one_of,  ///< a variant; its alternatives are records with names
    other,   ///< what only its own floor knows: see Type::cpp and is_other
};

/// Whether values of T are of Kind::other. Everything else that has no description fails to compile.
template <class T>
inline constexpr bool is_other = false;

class Fields;
struct Type;

/// The type of T. Fails to compile for a T that has no description. What many units use and takes long to compile is
/// declared as a specialization where its description is, and defined in one source.
template <class T>
[[nodiscard]] const Type& type_of() noexcept;
using GetType = const Type& (*)() noexcept;

/// A value of a described type. Whoever must not change it does not.
struct Value {
    const Type& type;
    void* at;
};

/// What all types have: see the structs below for what some kinds have besides.
struct Type {
    Kind kind{};
    const std::type_info* cpp = nullptr;
    std::size_t size = 0;

    template <class T>
    [[nodiscard]] bool is() const noexcept {
        return *cpp == typeid(T);
    }
};

struct WholeType : Type {
    bool has_sign = false;
};
struct EnumerationType : Type {
    std::span<const std::string_view> names{};  ///< of all enumerators, in their order
};
struct OptionalType : Type {
    GetType item = nullptr;
    void* (*get)(void* at) = nullptr;  ///< null when there is none
    void* (*emplace)(void* at, Currency currency) = nullptr;
    void (*reset)(void* at) = nullptr;
};
struct ListType : Type {
    GetType item = nullptr;
    std::size_t (*count)(const void* at) = nullptr;
    void* (*item_at)(void* at, std::size_t place) = nullptr;
    void* (*add)(void* at, Currency currency) = nullptr;  ///< one more, of nothing
    void (*clear)(void* at, std::size_t to_come) = nullptr;
};
[[nodiscard]] inline const ListType& list_type(GetType type) {
    return static_cast<const ListType&>(type());
}
/// What is done with a list that stands for another value.
using UseList = void (*)(void* context, void* list);
/// In order, as a list.
struct SetType : Type {
    GetType items = nullptr;  ///< a list
    std::size_t (*count)(const void* at) = nullptr;
    void (*read)(void* at, void* context, UseList use) = nullptr;   ///< with the items that there are
    void (*write)(void* at, void* context, UseList use) = nullptr;  ///< with an empty list, which then is the set
};
struct TableType : Type {
    using Each = void (*)(void* context, const std::string& name, void* item);
    GetType item = nullptr;
    std::size_t (*count)(const void* at) = nullptr;
    void (*each)(void* at, void* context, Each each) = nullptr;
    void* (*entry)(void* at, const std::string& name) = nullptr;  ///< made of nothing where there is none
    void (*clear)(void* at) = nullptr;
};
struct DatedType : Type {
    GetType rows = nullptr;                                         ///< a list
    void* (*get)(void* at) = nullptr;                               ///< the rows, as a list
    void (*write)(void* at, void* context, UseList use) = nullptr;  ///< with an empty list, which then are the rows
};
struct SharedType : Type {
    GetType item = nullptr;
    void* (*get)(void* at) = nullptr;   ///< null when there is none
    void* (*make)(void* at) = nullptr;  ///< a new one, of nothing, still to be filled
};
struct RecordType : Type {
    void (*describe)(Fields& fields, void* at) = nullptr;
};
struct OneOfType : Type {
    struct Alternative {
        std::string_view name;
        GetType type;
        void* (*emplace)(void* at, Currency currency);  ///< of nothing
    };
    std::span<const Alternative> alternatives;
    std::size_t (*index)(const void* at) = nullptr;
    void* (*get)(void* at) = nullptr;
};

template <class T>
[[nodiscard]] Value value_of(T& value) {
    return {type_of<std::remove_const_t<T>>(), const_cast<std::remove_const_t<T>*>(&value)};
}

template <class T>
[[nodiscard]] T& as(void* at) {
    return *static_cast<T*>(at);
}
template <class T>
[[nodiscard]] const T& as(const void* at) {
    return *static_cast<const T*>(at);
}

/// A whole number, or the place of an enumerator.
[[nodiscard]] Int128 whole_of(const Type& type, const void* at);
void set_whole(const Type& type, void* at, Int128 number);
/// The bounds of a whole number.
[[nodiscard]] Int128 least_of(const WholeType& type);
[[nodiscard]] Int128 greatest_of(const WholeType& type);
/// 0, false, "", none, the first of an enumeration. A record or a variant never is.
[[nodiscard]] bool is_empty(Value value);

/// What each alternative of a variant is called.
template <class Alternative>
extern const std::string_view alternative_name;

// -------------------------------------------------------------------------------------------- what is made for a type

template <class T>
inline constexpr bool is_id = false;
template <class Thing>
inline constexpr bool is_id<Id<Thing>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;
template <class T>
inline constexpr bool is_set = false;
template <class T>
inline constexpr bool is_set<std::set<T>> = true;
template <class T>
inline constexpr bool is_table = false;
template <class T, class Order>
inline constexpr bool is_table<std::map<std::string, T, Order>> = true;
template <class T>
inline constexpr bool is_dated = false;
template <class T>
inline constexpr bool is_dated<Dated<T>> = true;
template <class T>
inline constexpr bool is_shared = false;
template <class T>
inline constexpr bool is_shared<std::shared_ptr<const T>> = true;

template <class T>
concept Described = requires(Fields& fields, T& value) { describe(fields, value); };
template <class T>
concept Variant = requires(const T& value) {
    value.valueless_by_exception();
    value.index();
};

/// A value of nothing. What holds a Money has no empty value: it begins as an amount of nothing.
template <class T>
T blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    if constexpr (std::is_default_constructible_v<T>)
        return T{};
    else if constexpr (std::is_same_v<T, Money>)
        return nothing;
    else if constexpr (std::is_same_v<T, Currency>)
        return currency;
    else if constexpr (requires { T{.gross = nothing}; })
        return T{.gross = nothing};
    else if constexpr (requires { T{.price = nothing}; })
        return T{.price = nothing};
    else
        return T{.amount = nothing};
}
template <class T>
consteval Kind kind_of() {
    if constexpr (std::is_same_v<T, bool>)
        return Kind::flag;
    else if constexpr (std::is_integral_v<T> || std::is_same_v<T, Int128>)
        return Kind::whole;
    else if constexpr (std::is_same_v<T, std::string>)
        return Kind::text;
    else if constexpr (std::is_same_v<T, Instant>)
        return Kind::instant;
    else if constexpr (std::is_same_v<T, Elapsed>)
        return Kind::elapsed;
    else if constexpr (std::is_same_v<T, Date>)
        return Kind::date;
    else if constexpr (std::is_same_v<T, Decimal>)
        return Kind::decimal;
    else if constexpr (std::is_same_v<T, Money>)
        return Kind::money;
    else if constexpr (std::is_same_v<T, Currency>)
        return Kind::currency;
    else if constexpr (is_id<T>)
        return Kind::id;
    else if constexpr (std::is_enum_v<T>)
        return Kind::enumeration;
    else if constexpr (is_optional<T>)
        return Kind::optional;
    else if constexpr (is_list<T>)
        return Kind::list;
    else if constexpr (is_set<T>)
        return Kind::set;
    else if constexpr (is_table<T>)
        return Kind::table;
    else if constexpr (is_dated<T>)
        return Kind::dated;
    else if constexpr (is_shared<T>)
        return Kind::shared;
    else if constexpr (Variant<T>)
        return Kind::one_of;
    else if constexpr (Described<T>)
        return Kind::record;
    else {
        static_assert(is_other<T>, "T has no description: include the header that has its describe");
        return Kind::other;
    }
}

/// Makes the type object of one kind; what the compiler makes for each type is here, and small.
template <class T, Kind kind>
struct Make {
    using Made = Type;
    static consteval Made made() { return {kind, &typeid(T), sizeof(T)}; }
};

template <class T>
inline constexpr typename Make<T, kind_of<T>()>::Made type_object = Make<T, kind_of<T>()>::made();

template <class T>
const Type& type_of() noexcept {
    return type_object<T>;
}

template <class T>
struct Make<T, Kind::whole> {
    using Made = WholeType;
    static consteval Made made() { return {{Kind::whole, &typeid(T), sizeof(T)}, T(-1) < T(0)}; }
};
template <class T>
struct Make<T, Kind::enumeration> {
    using Made = EnumerationType;
    static consteval Made made() { return {{Kind::enumeration, &typeid(T), sizeof(T)}, enumerators<T>}; }
};
template <class T>
struct Make<T, Kind::optional> {
    using Made = OptionalType;
    using Item = typename T::value_type;
    static void* get(void* at) { return as<T>(at) ? &*as<T>(at) : nullptr; }
    static void* emplace(void* at, Currency currency) { return &as<T>(at).emplace(blank<Item>(currency)); }
    static void reset(void* at) { as<T>(at).reset(); }
    static consteval Made made() {
        return {{Kind::optional, &typeid(T), sizeof(T)}, type_of<Item>, get, emplace, reset};
    }
};
template <class T>
struct Make<T, Kind::list> {
    using Made = ListType;
    using Item = typename T::value_type;
    static std::size_t count(const void* at) { return as<T>(at).size(); }
    static void* item_at(void* at, std::size_t place) { return &as<T>(at)[place]; }
    static void* add(void* at, Currency currency) { return &as<T>(at).emplace_back(blank<Item>(currency)); }
    static void clear(void* at, std::size_t to_come) {
        as<T>(at).clear();
        as<T>(at).reserve(to_come);
    }
    static consteval Made made() {
        return {{Kind::list, &typeid(T), sizeof(T)}, type_of<Item>, count, item_at, add, clear};
    }
};
template <class T>
struct Make<T, Kind::set> {
    using Made = SetType;
    using List = std::vector<typename T::value_type>;
    static std::size_t count(const void* at) { return as<T>(at).size(); }
    static void read(void* at, void* context, UseList use) {
        List list(as<T>(at).begin(), as<T>(at).end());
        use(context, &list);
    }
    static void write(void* at, void* context, UseList use) {
        List list;
        use(context, &list);
        as<T>(at) = T(list.begin(), list.end());
    }
    static consteval Made made() { return {{Kind::set, &typeid(T), sizeof(T)}, type_of<List>, count, read, write}; }
};
template <class T>
struct Make<T, Kind::table> {
    using Made = TableType;
    using Item = typename T::mapped_type;
    static std::size_t count(const void* at) { return as<T>(at).size(); }
    static void each(void* at, void* context, TableType::Each each) {
        for (auto& [name, item] : as<T>(at)) each(context, name, &item);
    }
    static void* entry(void* at, const std::string& name) {
        return &as<T>(at).try_emplace(name, blank<Item>(USD)).first->second;
    }
    static void clear(void* at) { as<T>(at).clear(); }
    static consteval Made made() {
        return {{Kind::table, &typeid(T), sizeof(T)}, type_of<Item>, count, each, entry, clear};
    }
};
template <class T>
struct Make<T, Kind::dated> {
    using Made = DatedType;
    using Rows = std::remove_cvref_t<decltype(std::declval<T>().rows())>;
    static void* get(void* at) { return const_cast<Rows*>(&as<T>(at).rows()); }
    static void write(void* at, void* context, UseList use) {
        Rows rows;
        use(context, &rows);
        as<T>(at) = T(std::move(rows));
    }
    static consteval Made made() { return {{Kind::dated, &typeid(T), sizeof(T)}, type_of<Rows>, get, write}; }
};
template <class T>
struct Make<T, Kind::shared> {
    using Made = SharedType;
    using Item = std::remove_const_t<typename T::element_type>;
    static void* get(void* at) { return const_cast<Item*>(as<T>(at).get()); }
    static void* make(void* at) {
        auto fresh = std::make_shared<Item>();
        Item* const item = fresh.get();
        as<T>(at) = std::move(fresh);
        return item;
    }
    static consteval Made made() { return {{Kind::shared, &typeid(T), sizeof(T)}, type_of<Item>, get, make}; }
};
/// Goes over the fields of a record: see fields.hpp.
template <class T>
void describe_record(Fields& fields, T& record);
template <class T>
struct Make<T, Kind::record> {
    using Made = RecordType;
    static void go_over(Fields& fields, void* at) { describe_record(fields, as<T>(at)); }
    static consteval Made made() { return {{Kind::record, &typeid(T), sizeof(T)}, go_over}; }
};

template <class... Alternatives>
std::type_identity<std::variant<Alternatives...>> variant_of(const std::variant<Alternatives...>&);

template <class T, class>
struct AlternativesOf;
template <class T, class... Alternatives>
struct AlternativesOf<T, std::variant<Alternatives...>> {
    template <class Alternative>
    static void* emplace(void* at, Currency currency) {
        std::variant<Alternatives...>& variant = as<T>(at);
        return &variant.template emplace<Alternative>(blank<Alternative>(currency));
    }
    static constexpr OneOfType::Alternative list[] = {
        {alternative_name<Alternatives>, type_of<Alternatives>, emplace<Alternatives>}...};
};
template <class T>
struct Make<T, Kind::one_of> {
    using Made = OneOfType;
    using Of = typename decltype(variant_of(std::declval<const T&>()))::type;
    static std::size_t index(const void* at) { return as<T>(at).index(); }
    static void* get(void* at) {
        return std::visit([](auto& alternative) -> void* { return &alternative; }, static_cast<Of&>(as<T>(at)));
    }
    static consteval Made made() {
        return {{Kind::one_of, &typeid(T), sizeof(T)}, AlternativesOf<T, Of>::list, index, get};
    }
};

}  // namespace crowdrules::detail
