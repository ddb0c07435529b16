// SPDX-License-Identifier: BSL-1.0
// Columns and frames as values of Python: looked at, compared, copied, pickled, shown, and handed to other libraries.
#include "campaign/live_campaign.hpp"
#include "column.hpp"
#include "convert.hpp"
#include <algorithm>
#include <core/listed.hpp>

namespace crowdrules::python {
namespace {

/// 16 bytes a value, with the decimals of the currency.
OwnedColumn as_decimals(const OwnedColumn& column, std::optional<Currency> given) {
    const auto* numbers = std::get_if<OwnedColumn::Numbers>(&column.values);
    const std::optional<Currency> currency = given ? given : column.currency;
    if (numbers == nullptr) return column;
    if (!currency) raise_column_error(column.name, {}, "has no currency; say which: as_decimal('USD')");
    const auto values = std::make_shared<Memory<Int128>>(numbers->values->size);
    std::copy_n(numbers->values->values, values->size, values->values);
    return {column.name, OwnedColumn::Decimals{values, currency->digits()}, currency};
}

std::vector<std::vector<std::string>> first_rows(const std::vector<OwnedColumn>& columns, std::size_t rows) {
    std::vector<std::vector<std::string>> cells(1);
    for (const OwnedColumn& column : columns)
        cells[0].push_back(column.name + (column.currency ? ", " + std::string(column.currency->code()) : ""));
    for (std::size_t row = 0; row < std::min<std::size_t>(rows, 10); ++row) {
        cells.emplace_back();
        for (const OwnedColumn& column : columns)
            cells.back().push_back(py::str(py::cast(column).attr("__getitem__")(row)));
    }
    return cells;
}

OwnedColumn column_named(const Frame& frame, const std::string& name) {
    if (const OwnedColumn* column = find(frame, name)) return *column;
    const std::string names = detail::listed(frame.columns, &OwnedColumn::name);
    throw py::key_error("there is no column '" + name + "'; there are: " + names);
}

void bind_column(py::module_& m) {
    py::class_<OwnedColumn>(m, "Column", py::buffer_protocol(), R"(Many values of one kind, in memory that is shared.

numpy.asarray(column) looks at it without a copy; so does whatever takes the Arrow PyCapsule interface:
polars.Series(column), pyarrow.array(column). Amounts are whole minor units of `currency`.
)")
        .def_buffer([](const OwnedColumn& self) {
            if (const auto* numbers = std::get_if<OwnedColumn::Numbers>(&self.values))
                return py::buffer_info(numbers->values->values, static_cast<py::ssize_t>(numbers->values->size), true);
            if (const auto* names = std::get_if<OwnedColumn::Names>(&self.values))
                return py::buffer_info(names->codes->values, static_cast<py::ssize_t>(names->codes->size), true);
            // As bytes: an exception may not pass through here, and there is no number of this width in the protocol.
            const auto& decimals = *std::get<OwnedColumn::Decimals>(self.values).values;
            return py::buffer_info(decimals.values, 16, "16s", static_cast<py::ssize_t>(decimals.size), true);
        })
        .def_readonly("name", &OwnedColumn::name, "Its name.")
        .def_property_readonly(
            "currency", [](const OwnedColumn& self) { return self.currency; }, "Of amounts, or None.")
        .def_property_readonly(
            "is_decimal",
            [](const OwnedColumn& self) { return std::holds_alternative<OwnedColumn::Decimals>(self.values); },
            "Whether it holds decimals of 16 bytes, which only Arrow looks at without a copy.")
        .def_property_readonly(
            "categories",
            [](const OwnedColumn& self) -> std::optional<std::vector<std::string>> {
                const auto* names = std::get_if<OwnedColumn::Names>(&self.values);
                return names ? std::optional(*names->names) : std::nullopt;
            },
            "What the codes of a column of names stand for, or None.")
        .def(py::pickle([](const OwnedColumn& self) { return state_of(self); }, &column_of_state))
        .def(
            "__eq__", [](const OwnedColumn& self, const OwnedColumn& other) { return same(self, other); },
            py::is_operator())
        .def("__len__", &OwnedColumn::size)
        .def("__iter__",
             [](const py::object& self) { return py::reinterpret_steal<py::iterator>(PySeqIter_New(self.ptr())); })
        .def(
            "__getitem__",
            [](const OwnedColumn& self, std::size_t row) -> py::object {
                if (row >= self.size()) throw py::index_error("there is no row " + std::to_string(row));
                if (const auto* numbers = std::get_if<OwnedColumn::Numbers>(&self.values))
                    return py::int_(numbers->values->values[row]);
                if (const auto* names = std::get_if<OwnedColumn::Names>(&self.values))
                    return py::str((*names->names)[static_cast<std::size_t>(names->codes->values[row])]);
                const auto& decimals = std::get<OwnedColumn::Decimals>(self.values);
                return write(Decimal::of(decimals.values->values[row], decimals.scale));
            },
            py::arg("row"))
        .def(
            "as_decimal",
            [](const OwnedColumn& self, std::optional<Given<Currency>> currency) {
                return as_decimals(self, currency ? std::optional(currency->value) : std::nullopt);
            },
            py::arg("currency") = py::none(), "The same amounts as decimal128 of the currency's decimals, for Arrow.")
        .def("__arrow_c_schema__", [](const OwnedColumn& self) { return schema_capsule(self); })
        .def(
            "__arrow_c_array__", [](const OwnedColumn& self, const py::object&) { return array_capsules(self); },
            py::arg("requested_schema") = py::none())
        .def(
            "__arrow_c_stream__", [](const OwnedColumn& self, const py::object&) { return stream_capsule(self); },
            py::arg("requested_schema") = py::none())
        .def("__copy__", [](const py::object& self) { return self; })
        .def("__deepcopy__", [](const py::object& self, const py::object&) { return self; })
        .def("_repr_html_",
             [](const OwnedColumn& self) {
                 return html_table(std::to_string(self.size()) + " rows", first_rows({self}, self.size()));
             })
        .def("__repr__",
             [](const OwnedColumn& self) {
                 return "<Column '" + self.name + "': " + std::to_string(self.size()) + " rows" +
                        (self.currency ? ", minor units of " + std::string(self.currency->code()) : "") + ">";
             })
        .attr("__hash__") = py::none();
}

}  // namespace

void bind_frame(py::module_& m) {
    bind_column(m);
    py::class_<Frame>(m, "Frame", R"(Columns of equal length.

frame['net'] is one of them. polars.DataFrame(frame), pyarrow.table(frame) and DuckDB take it without a copy;
frame.to_pandas() makes one of pandas. Frame({...}) makes one of columns of any library, or of lists of ints or texts;
`currencies` has, by name, those of amounts.

>>> frame = Frame({"fee": [364, 59], "outcome": ["collected", "dropped"]})
>>> frame["fee"][0], list(frame["outcome"])
(364, ['collected', 'dropped'])
)")
        .def(py::init([](const py::dict& given, const py::dict& currencies) {
                 for (const auto& [name, currency] : currencies)
                     if (!given.contains(name))
                         raise_no_column(py::str(name), py::cast<std::vector<std::string>>(py::list(given)));
                 std::vector<OwnedColumn> columns;
                 for (const auto& [name, column] : given) {
                     std::optional<Currency> currency;
                     if (currencies.contains(name)) read(currencies[name], currency);
                     columns.push_back(column_of(py::cast<std::string>(name), column, currency));
                 }
                 return frame_of(columns);
             }),
             py::arg("columns"), py::arg("currencies") = py::dict())
        .def(py::pickle([](const Frame& self) { return py::tuple(write(self.columns)); },
                        [](const py::tuple& state) { return frame_of(py::cast<std::vector<OwnedColumn>>(state)); }))
        .def(
            "__eq__", [](const Frame& self, const Frame& other) { return same(self, other); }, py::is_operator())
        .def_property_readonly(
            "columns",
            [](const Frame& self) {
                std::vector<std::string> names;
                for (const OwnedColumn& column : self.columns) names.push_back(column.name);
                return names;
            },
            "The names, in order.")
        .def("__len__", [](const Frame& self) { return self.rows; })
        .def("__getitem__", &column_named, py::arg("name"))
        .def("__iter__",
             [](const Frame& self) {
                 py::list names;
                 for (const OwnedColumn& column : self.columns) names.append(column.name);
                 return py::iter(names);
             })
        .def(
            "as_decimal",
            [](const Frame& self) {
                Frame other{{}, self.rows};
                for (const OwnedColumn& column : self.columns)
                    other.columns.push_back(column.currency ? as_decimals(column, {}) : column);
                return other;
            },
            "The same frame with its amounts as decimal128.")
        .def(
            "to_pandas",
            [](const py::object& self) { return py::module_::import("crowdrules._column_in").attr("to_pandas")(self); },
            "The same as a DataFrame of pandas, which must be installed.")
        .def("__arrow_c_schema__", [](const Frame& self) { return schema_capsule(self); })
        .def(
            "__arrow_c_array__", [](const Frame& self, const py::object&) { return array_capsules(self); },
            py::arg("requested_schema") = py::none())
        .def(
            "__arrow_c_stream__", [](const Frame& self, const py::object&) { return stream_capsule(self); },
            py::arg("requested_schema") = py::none())
        .def("__copy__", [](const py::object& self) { return self; })
        .def("__deepcopy__", [](const py::object& self, const py::object&) { return self; })
        .def("__repr__",
             [](const Frame& self) {
                 const std::string names = detail::listed(self.columns, &OwnedColumn::name);
                 return "<Frame of " + std::to_string(self.rows) + " rows: " + names + ">";
             })
        .def("_repr_html_",
             [](const Frame& self) {
                 return html_table(std::to_string(self.rows) + " rows", first_rows(self.columns, self.rows));
             })
        .attr("__hash__") = py::none();
}

}  // namespace crowdrules::python
