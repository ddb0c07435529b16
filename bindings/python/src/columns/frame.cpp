// SPDX-License-Identifier: BSL-1.0
// Frames beyond one process: made of columns, compared, joined, and as plain numbers and bytes for pickle.
#include "column.hpp"
#include "convert.hpp"
#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>

namespace crowdrules::python {
namespace {

using Numbers = OwnedColumn::Numbers;
using Decimals = OwnedColumn::Decimals;
using Names = OwnedColumn::Names;

template <class T>
bool same(const Memory<T>& a, const Memory<T>& b) {
    return std::ranges::equal(a.span(), b.span());
}

template <class T>
py::bytes bytes_of(const Memory<T>& memory) {
    static_assert(std::endian::native == std::endian::little);
    return {reinterpret_cast<const char*>(memory.values), memory.size * sizeof(T)};
}
template <class T>
std::shared_ptr<const Memory<T>> memory_of(const py::handle& given) {
    const auto bytes = py::cast<py::bytes>(given);
    const std::string_view text = bytes;
    if (text.size() % sizeof(T) != 0) raise_value_error("a column that was cut off");
    const auto memory = std::make_shared<Memory<T>>(text.size() / sizeof(T));
    if (!text.empty()) std::memcpy(memory->values, text.data(), text.size());
    return memory;
}

/// The frame of each row of the joined one, and its row there.
struct Origin {
    std::size_t frame, row;
};

std::vector<Origin> order_of(const std::vector<Frame>& frames, const std::string& by) {
    std::vector<std::pair<std::int64_t, Origin>> keys;
    for (std::size_t place = 0; place < frames.size(); ++place) {
        const OwnedColumn* column = find(frames[place], by);
        if (column == nullptr || !std::holds_alternative<Numbers>(column->values))
            raise_column_error(by, {}, "is no column of whole numbers in all of the frames");
        const auto values = std::get<Numbers>(column->values).values->span();
        for (std::size_t row = 0; row < values.size(); ++row) keys.push_back({values[row], {place, row}});
    }
    const auto key = [](const auto& pair) { return pair.first; };
    std::ranges::sort(keys, {}, key);
    if (const auto twice = std::ranges::adjacent_find(keys, {}, key); twice != keys.end())
        raise_value_error(by + " " + std::to_string(twice->first) + " occurs in two of the parts");
    std::vector<Origin> order;
    order.reserve(keys.size());
    for (const auto& [unused, origin] : keys) order.push_back(origin);
    return order;
}

/// The column `name` of all frames in this order; 0 where a frame has none of that name.
OwnedColumn joined_column(const std::vector<Frame>& frames, const std::string& name, const std::vector<Origin>& order) {
    std::vector<const OwnedColumn*> parts;
    const OwnedColumn* kind = nullptr;
    for (const Frame& frame : frames) {
        parts.push_back(find(frame, name));
        if (parts.back() != nullptr) kind = parts.back();
    }
    for (const OwnedColumn* part : parts)
        if (part != nullptr && (part->currency != kind->currency || part->values.index() != kind->values.index()))
            raise_value_error("column '" + name + "' is of another kind in another part");
    if (std::holds_alternative<Numbers>(kind->values)) {
        const auto values = std::make_shared<Memory<std::int64_t>>(order.size());
        for (std::size_t row = 0; row < order.size(); ++row) {
            const OwnedColumn* part = parts[order[row].frame];
            values->values[row] = part == nullptr ? 0 : std::get<Numbers>(part->values).values->values[order[row].row];
        }
        return {name, Numbers{values}, kind->currency};
    }
    if (!std::holds_alternative<Names>(kind->values) || std::ranges::count(parts, nullptr) > 0)
        raise_value_error("column '" + name + "' is one that is not joined");
    const auto& names = std::get<Names>(kind->values).names;
    const auto codes = std::make_shared<Memory<std::int8_t>>(order.size());
    for (std::size_t row = 0; row < order.size(); ++row) {
        const auto& part = std::get<Names>(parts[order[row].frame]->values);
        if (*part.names != *names) raise_value_error("column '" + name + "' has other names in another part");
        codes->values[row] = part.codes->values[order[row].row];
    }
    return {name, Names{codes, names}, kind->currency};
}

OwnedColumn column_of_texts(const std::string& name, const py::handle& given) {
    std::vector<std::string> texts;
    read(given, texts);
    const auto names = std::make_shared<std::vector<std::string>>();
    const auto codes = std::make_shared<Memory<std::int8_t>>(texts.size());
    std::map<std::string, std::int8_t> known;
    for (std::size_t row = 0; row < texts.size(); ++row) {
        const auto [place, is_new] = known.try_emplace(texts[row], static_cast<std::int8_t>(names->size()));
        if (is_new && names->size() > static_cast<std::size_t>(std::numeric_limits<std::int8_t>::max()))
            raise_column_error(name, row, "is the 129th different text; a column of names has at most 128");
        if (is_new) names->push_back(texts[row]);
        codes->values[row] = place->second;
    }
    return {name, Names{codes, names}, {}};
}

}  // namespace

OwnedColumn column_of(const std::string& name, py::handle given, std::optional<Currency> currency) {
    if (py::isinstance<OwnedColumn>(given)) {
        auto column = py::cast<OwnedColumn>(given);
        column.name = name;
        return column;
    }
    if (!currency && py::isinstance<py::sequence>(given) && py::len(given) > 0 &&
        py::isinstance<py::str>(given[py::int_(0)]))
        return column_of_texts(name, given);
    WholeNumbers numbers = whole_numbers(given, {.name = name, .money = currency});
    const auto values = std::make_shared<Memory<std::int64_t>>(numbers.rows);
    std::ranges::copy(numbers.whole(), values->values);
    return {name, Numbers{values}, currency};
}

std::size_t OwnedColumn::size() const {
    return std::visit(
        [](const auto& kept) {
            if constexpr (requires { kept.codes; })
                return kept.codes->size;
            else
                return kept.values->size;
        },
        values);
}

OwnedColumn names_column(std::string name, std::shared_ptr<const Memory<std::int8_t>> codes,
                         std::vector<std::string> names) {
    return {std::move(name),
            Names{std::move(codes), std::make_shared<const std::vector<std::string>>(std::move(names))},
            {}};
}

bool same(const OwnedColumn& a, const OwnedColumn& b) {
    if (a.name != b.name || a.currency != b.currency || a.values.index() != b.values.index()) return false;
    if (const auto* numbers = std::get_if<Numbers>(&a.values))
        return same(*numbers->values, *std::get<Numbers>(b.values).values);
    if (const auto* decimals = std::get_if<Decimals>(&a.values)) {
        const auto& others = std::get<Decimals>(b.values);
        return decimals->scale == others.scale && same(*decimals->values, *others.values);
    }
    const auto &names = std::get<Names>(a.values), &others = std::get<Names>(b.values);
    return *names.names == *others.names && same(*names.codes, *others.codes);
}

bool same(const Frame& a, const Frame& b) {
    return a.rows == b.rows &&
           std::ranges::equal(a.columns, b.columns,
                              [](const OwnedColumn& one, const OwnedColumn& other) { return same(one, other); });
}

py::tuple state_of(const OwnedColumn& column) {
    const py::object currency = write(column.currency);
    if (const auto* numbers = std::get_if<Numbers>(&column.values))
        return py::make_tuple(column.name, currency, "numbers", bytes_of(*numbers->values));
    if (const auto* decimals = std::get_if<Decimals>(&column.values))
        return py::make_tuple(column.name, currency, "decimals", bytes_of(*decimals->values), decimals->scale);
    const auto& names = std::get<Names>(column.values);
    return py::make_tuple(column.name, currency, "names", bytes_of(*names.codes), write(*names.names));
}

OwnedColumn column_of_state(const py::tuple& state) {
    OwnedColumn column{py::cast<std::string>(state[0]), Numbers{}, {}};
    read(state[1], column.currency);
    const auto kind = py::cast<std::string>(state[2]);
    if (kind == "numbers") {
        column.values = Numbers{memory_of<std::int64_t>(state[3])};
    } else if (kind == "decimals") {
        column.values = Decimals{memory_of<Int128>(state[3]), py::cast<unsigned>(state[4])};
    } else {
        std::vector<std::string> names;
        read(state[4], names);
        const auto codes = memory_of<std::int8_t>(state[3]);
        for (const std::int8_t code : codes->span())
            if (code < 0 || static_cast<std::size_t>(code) >= names.size())
                raise_value_error("a column of names with a code that stands for none");
        column.values = Names{codes, std::make_shared<const std::vector<std::string>>(std::move(names))};
    }
    return column;
}

void check_rows(const std::string& name, std::size_t rows, const std::string& as, std::size_t wanted) {
    if (rows == wanted) return;
    raise_column_error(name, {},
                       "has " + std::to_string(rows) + " rows, but '" + as + "' has " + std::to_string(wanted));
}

Frame frame_of(const std::vector<OwnedColumn>& columns) {
    for (const OwnedColumn& column : columns)
        check_rows(column.name, column.size(), columns.front().name, columns.front().size());
    return {columns, columns.empty() ? 0 : columns.front().size()};
}

const OwnedColumn* find(const Frame& frame, const std::string& name) {
    const auto found = std::ranges::find(frame.columns, name, &OwnedColumn::name);
    return found == frame.columns.end() ? nullptr : &*found;
}

Frame joined(const std::vector<Frame>& frames, const std::string& by) {
    const std::vector<Origin> order = order_of(frames, by);
    std::vector<std::string> names;
    for (const Frame& frame : frames)
        for (const OwnedColumn& column : frame.columns)
            if (std::ranges::find(names, column.name) == names.end()) names.push_back(column.name);
    Frame frame{{}, order.size()};
    for (const std::string& name : names) frame.columns.push_back(joined_column(frames, name, order));
    return frame;
}

}  // namespace crowdrules::python
