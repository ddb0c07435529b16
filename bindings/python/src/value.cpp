// SPDX-License-Identifier: BSL-1.0
#include "value.hpp"

#include <core/listed.hpp>
#include <unordered_map>

namespace crowdrules::python {
namespace {

using detail::as;
using detail::Kind;
using detail::Type;
using detail::Value;

std::unordered_map<std::type_index, ClassOf>& classes() {
    static std::unordered_map<std::type_index, ClassOf> all;
    return all;
}
std::unordered_map<std::type_index, PyObject*>& enumerations() {
    static std::unordered_map<std::type_index, PyObject*> all;
    return all;
}

const ClassOf* find_class(const Type& type) {
    const auto found = classes().find(*type.cpp);
    return found == classes().end() ? nullptr : &found->second;
}
const ClassOf& class_of(const Type& type) {
    const ClassOf* found = find_class(type);
    if (found == nullptr)
        throw std::logic_error(std::string("no class of Python was registered for ") + type.cpp->name());
    return *found;
}
py::handle enumeration_of(const Type& type) {
    return enumerations().at(*type.cpp);
}

void read_list(py::handle given, const detail::ListType& type, void* at) {
    if (py::isinstance<py::str>(given) || !py::isinstance<py::iterable>(given))
        raise_type_error("expected a list or tuple, got " + std::string(py::repr(given)));
    type.clear(at, 0);
    for (const py::handle item : py::iter(given)) read(item, {type.item(), type.add(at, USD)});
}

py::object write_list(const detail::ListType& type, void* at) {
    const std::size_t count = type.count(at);
    py::tuple items(count);
    for (std::size_t i = 0; i < count; ++i) items[i] = write(Value{type.item(), type.item_at(at, i)});
    return items;
}

/// A list that stands for another value.
struct ListOf {
    const detail::ListType& type;
    py::object python;
};

void read_set(py::handle given, const detail::SetType& type, void* at) {
    ListOf list{list_type(type.items), py::reinterpret_borrow<py::object>(given)};
    type.write(at, &list, [](void* context, void* to) {
        const auto& from = as<ListOf>(context);
        read_list(from.python, from.type, to);
    });
}
py::object write_set(const detail::SetType& type, void* at) {
    ListOf list{list_type(type.items), py::none()};
    type.read(at, &list, [](void* context, void* from) {
        auto& to = as<ListOf>(context);
        to.python = write_list(to.type, from);
    });
    return std::move(list.python);
}

void read_table(py::handle given, const detail::TableType& type, void* at) {
    if (!py::isinstance<py::dict>(given)) raise_type_error("expected a dict, got " + std::string(py::repr(given)));
    type.clear(at);
    // A copy: to read an item may run code of Python, which may change the dict.
    for (const auto& [key, item] : py::reinterpret_steal<py::dict>(PyDict_Copy(given.ptr()))) {
        std::string name;
        read(key, name);
        try {
            read(item, Value{type.item(), type.entry(at, name)});
        } catch (py::error_already_set& error) {
            raise_for_place(name, error);
        }
    }
}
py::object write_table(const detail::TableType& type, void* at) {
    struct Context {
        const Type& item;
        py::dict items;
    } context{type.item(), {}};
    type.each(at, &context, [](void* in, const std::string& name, void* item) {
        auto& [item_type, items] = as<Context>(in);
        items[py::str(name)] = write(Value{item_type, item});
    });
    return std::move(context.items);
}

py::handle class_object(const Type& type) {
    return py::detail::get_type_handle(*type.cpp, true);
}
std::string class_name(const Type& type) {
    return py::str(class_object(type).attr("__name__"));
}

/// Of several alternatives at most one may be a number, which has no class of its own.
void read_one_of(py::handle given, const detail::OneOfType& type, void* at) {
    std::string names;
    for (const auto& alternative : type.alternatives) {
        if (alternative.type().kind == Kind::decimal) continue;
        if (py::isinstance(given, class_object(alternative.type())))
            return read(given, Value{alternative.type(), alternative.emplace(at, USD)});
        detail::add_to_list(names, class_name(alternative.type()));
    }
    for (const auto& alternative : type.alternatives) {
        if (alternative.type().kind != Kind::decimal) continue;
        Decimal number;
        read(given, number);
        as<Decimal>(alternative.emplace(at, USD)) = number;
        return;
    }
    raise_type_error("expected one of " + names + "; got " + std::string(py::repr(given)));
}

/// A pledge, a backer, an add-on and a payee are somebody or something; a reward or a cause may be none.
bool is_always_named(const Type& id) {
    return id.is<PledgeId>() || id.is<BackerId>() || id.is<campaign::AddOnId>() || id.is<revenue::PayeeId>();
}

}  // namespace

void register_class(std::type_index type, const ClassOf& with) {
    classes().insert_or_assign(type, with);
}
void register_enumeration(const std::type_info& type, PyObject* object) {
    enumerations().insert_or_assign(type, object);
}

py::object write(Value value) {
    const Type& type = value.type;
    if (const ClassOf* known = find_class(type)) return known->write(value.at);
    switch (type.kind) {
        case Kind::flag:
            return write(as<bool>(value.at));
        case Kind::whole:
            return write(detail::whole_of(type, value.at));
        case Kind::text:
            return write(as<std::string>(value.at));
        case Kind::instant:
            return write(as<Instant>(value.at));
        case Kind::elapsed:
            return write(as<Elapsed>(value.at));
        case Kind::date:
            return write(as<Date>(value.at));
        case Kind::decimal:
            return write(as<Decimal>(value.at));
        case Kind::money:
            return py::cast(as<Money>(value.at));
        case Kind::currency:
            return py::cast(as<Currency>(value.at));
        case Kind::id: {
            const auto id = as<std::uint64_t>(value.at);
            return id == 0 ? py::object(py::none()) : py::object(py::int_(id));
        }
        case Kind::enumeration: {
            const auto names = static_cast<const detail::EnumerationType&>(type).names;
            const auto place = static_cast<std::size_t>(detail::whole_of(type, value.at));
            return enumeration_of(type).attr(py::str(std::string(names[place])));
        }
        case Kind::optional: {
            const auto& optional = static_cast<const detail::OptionalType&>(type);
            void* const item = optional.get(value.at);
            return item == nullptr ? py::object(py::none()) : write(Value{optional.item(), item});
        }
        case Kind::list:
            return write_list(static_cast<const detail::ListType&>(type), value.at);
        case Kind::set:
            return write_set(static_cast<const detail::SetType&>(type), value.at);
        case Kind::table:
            return write_table(static_cast<const detail::TableType&>(type), value.at);
        case Kind::shared: {
            const auto& shared = static_cast<const detail::SharedType&>(type);
            void* const item = shared.get(value.at);
            return item == nullptr ? py::object(py::none()) : write(Value{shared.item(), item});
        }
        case Kind::one_of: {
            const auto& variant = static_cast<const detail::OneOfType&>(type);
            return write(Value{variant.alternatives[variant.index(value.at)].type(), variant.get(value.at)});
        }
        case Kind::dated:
        case Kind::record:
        case Kind::other:
            break;
    }
    return class_of(type).write(value.at);
}

void read(py::handle given, Value value) {
    const Type& type = value.type;
    if (const ClassOf* known = find_class(type)) return known->read(given, value.at);
    switch (type.kind) {
        case Kind::flag:
            return read(given, as<bool>(value.at));
        case Kind::whole: {
            const auto& whole = static_cast<const detail::WholeType&>(type);
            return detail::set_whole(type, value.at,
                                     read_whole(given, detail::least_of(whole), detail::greatest_of(whole)));
        }
        case Kind::text:
            return read(given, as<std::string>(value.at));
        case Kind::instant:
            return read(given, as<Instant>(value.at));
        case Kind::elapsed:
            return read(given, as<Elapsed>(value.at));
        case Kind::date:
            return read(given, as<Date>(value.at));
        case Kind::decimal:
            return read(given, as<Decimal>(value.at));
        case Kind::money:
            return read(given, as<Money>(value.at));
        case Kind::currency:
            return read(given, as<Currency>(value.at));
        case Kind::id: {
            auto& id = as<std::uint64_t>(value.at);
            id = 0;
            if (!given.is_none()) read(given, id);
            return;
        }
        case Kind::enumeration: {
            const auto names = static_cast<const detail::EnumerationType&>(type).names;
            return detail::set_whole(type, value.at,
                                     static_cast<Int128>(read_name(given, enumeration_of(type).ptr(), names)));
        }
        case Kind::optional: {
            const auto& optional = static_cast<const detail::OptionalType&>(type);
            if (given.is_none()) return optional.reset(value.at);
            return read(given, Value{optional.item(), optional.emplace(value.at, USD)});
        }
        case Kind::list:
            return read_list(given, static_cast<const detail::ListType&>(type), value.at);
        case Kind::set:
            return read_set(given, static_cast<const detail::SetType&>(type), value.at);
        case Kind::table:
            return read_table(given, static_cast<const detail::TableType&>(type), value.at);
        case Kind::shared: {
            const auto& shared = static_cast<const detail::SharedType&>(type);
            return read(given, Value{shared.item(), shared.make(value.at)});
        }
        case Kind::one_of:
            return read_one_of(given, static_cast<const detail::OneOfType&>(type), value.at);
        case Kind::dated:
        case Kind::record:
        case Kind::other:
            break;
    }
    class_of(type).read(given, value.at);
}

std::string annotation(const Type& type) {
    if (const ClassOf* known = find_class(type)) return known->annotation();
    switch (type.kind) {
        case Kind::flag:
            return "bool";
        case Kind::whole:
            return "int";
        case Kind::text:
            return "str";
        case Kind::instant:
            return "datetime.datetime";
        case Kind::elapsed:
            return "datetime.timedelta";
        case Kind::date:
            return "datetime.date";
        case Kind::decimal:
            return "decimal.Decimal";
        case Kind::money:
            return "Money";
        case Kind::currency:
            return "Currency";
        case Kind::id:
            return is_always_named(type) ? "int" : "Optional[int]";
        case Kind::enumeration:
            return py::str(enumeration_of(type).attr("__name__"));
        case Kind::optional:
            return "Optional[" + annotation(static_cast<const detail::OptionalType&>(type).item()) + "]";
        case Kind::list:
            return "Tuple[" + annotation(static_cast<const detail::ListType&>(type).item()) + ", ...]";
        case Kind::set:
            return annotation(static_cast<const detail::SetType&>(type).items());
        case Kind::table:
            return "Dict[str, " + annotation(static_cast<const detail::TableType&>(type).item()) + "]";
        case Kind::shared:
            return annotation(static_cast<const detail::SharedType&>(type).item());
        case Kind::one_of: {
            std::string names;
            for (const auto& alternative : static_cast<const detail::OneOfType&>(type).alternatives)
                detail::add_to_list(names, annotation(alternative.type()));
            return "Union[" + names + "]";
        }
        case Kind::dated:
        case Kind::record:
        case Kind::other:
            break;
    }
    return class_of(type).annotation();
}

}  // namespace crowdrules::python
