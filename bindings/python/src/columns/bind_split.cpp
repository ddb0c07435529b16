// SPDX-License-Identifier: BSL-1.0
// Sharded split: one amount split among parts on several workers. crowdrules/_split.py drives the rounds.
#include <crowdrules/money/sharded_split.hpp>

#include "column.hpp"
#include "convert.hpp"
#include "interpreter.hpp"

namespace crowdrules::python {
namespace {

/// Calls `compute` with a shard's weights, without the interpreter.
template <class Compute>
auto with_weights(const py::object& given, Compute compute) {
    WholeNumbers column = whole_numbers(given, {.name = "weights"});
    const auto weights = column.whole();
    for (std::size_t row = 0; row < weights.size(); ++row)
        if (weights[row] < 0)
            raise_column_error("weights", row, std::to_string(weights[row]) + " is negative; a weight is at least 0");
    const Released released;
    return compute(weights);
}

OwnedColumn parts_of(const ShardedSplit& self, const py::object& weights, std::uint64_t ties_before) {
    const auto parts = with_weights(weights, [&](std::span<const Weight> shard) {
        const auto memory = std::make_shared<Memory<std::int64_t>>(shard.size());
        self.write(shard, ties_before, memory->span());
        return memory;
    });
    return {"part", OwnedColumn::Numbers{parts}, self.whole().currency()};
}

template <class T>
T sum(T a, const T& b) {
    a += b;
    return a;
}

void bind_shards(py::module_& m) {
    py::class_<ShardSum>(m, "ShardSum", "What the weights of some parts come to; sums of shards are added.")
        .def(py::init<>())
        .def_readonly("parts", &ShardSum::parts, "How many parts.")
        .def_property_readonly(
            "weights", [](const ShardSum& self) { return self.weights; }, "What they total.")
        .def("__add__", &sum<ShardSum>, py::is_operator())
        .def(
            "__eq__", [](const ShardSum& a, const ShardSum& b) { return a == b; }, py::is_operator())
        .def(py::pickle([](const ShardSum& self) { return py::make_tuple(self.parts, write(self.weights)); },
                        [](const py::tuple& state) {
                            ShardSum read_sum;
                            read(state[0], read_sum.parts);
                            read(state[1], read_sum.weights);
                            return read_sum;
                        }))
        .def("__repr__", [](const ShardSum& self) {
            return "<ShardSum of " + std::to_string(self.parts) +
                   " parts: " + std::string(py::str(write(self.weights))) + ">";
        });
    py::class_<ShardTally>(m, "ShardTally", "What one round finds out about the parts of a shard; tallies are added.")
        .def("__add__", &sum<ShardTally>, py::is_operator())
        .def(
            "__eq__", [](const ShardTally& a, const ShardTally& b) { return a == b; }, py::is_operator())
        .def(py::pickle(
            [](const ShardTally& self) {
                return py::make_tuple(self.round, self.units,
                                      py::bytes(reinterpret_cast<const char*>(self.parts.data()),
                                                self.parts.size() * sizeof(std::uint64_t)));
            },
            [](const py::tuple& state) {
                ShardTally tally;
                read(state[0], tally.round);
                read(state[1], tally.units);
                const auto bytes = py::cast<py::bytes>(state[2]);
                const std::string_view text = bytes;
                if (text.size() != ShardTally::buckets * sizeof(std::uint64_t) && !text.empty())
                    raise_value_error("a tally that was cut off");
                tally.parts.resize(text.size() / sizeof(std::uint64_t));
                std::copy(text.begin(), text.end(), reinterpret_cast<char*>(tally.parts.data()));
                return tally;
            }));
    m.def(
        "shard_sum",
        [](const py::object& weights) {
            return with_weights(weights, [](std::span<const Weight> shard) { return sum_of(shard); });
        },
        py::arg("weights"), "The sum of one shard's weights.");
}

py::tuple state_of_split(const ShardedSplit& self) {
    const ShardedSplit::State& s = self.state();
    return py::make_tuple(write(Money(s.whole, s.currency)), s.total_weight, s.round, s.settled, s.low, s.bits,
                          s.served, s.all_served);
}

ShardedSplit split_of(const py::tuple& state) {
    ShardedSplit::State s;
    Money whole = Money::zero(USD);
    read(state[0], whole);
    s.whole = whole.minor();
    s.currency = whole.currency();
    read(state[1], s.total_weight);
    read(state[2], s.round);
    read(state[3], s.settled);
    read(state[4], s.low);
    read(state[5], s.bits);
    read(state[6], s.served);
    read(state[7], s.all_served);
    return ShardedSplit(s);
}

}  // namespace

void bind_split(py::module_& m) {
    bind_shards(m);
    py::class_<ShardedSplit>(m, "ShardedSplit",
                             R"(One amount on its way to being split among parts that lie on several workers.

`split_shards` drives it; use it directly where the shards never meet in one process. A few numbers: pickle it to the
workers.

>>> shards = [[1, 1], [1]]
>>> split = ShardedSplit(Money("10.00", "USD"), shard_sum(shards[0]) + shard_sum(shards[1]))
>>> while not split.is_settled:
...     split = split.narrowed(split.tally(shards[0]) + split.tally(shards[1]))
>>> list(split.parts(shards[0])), list(split.parts(shards[1], split.ties_in(shards[0])))
([334, 333], [333])
)")
        .def(py::init([](const Given<Money>& whole, const ShardSum& total) { return ShardedSplit(whole, total); }),
             py::arg("whole"), py::arg("total"))
        .def_property_readonly(
            "whole", [](const ShardedSplit& self) { return self.whole(); }, "What is split.")
        .def_property_readonly("rounds", &ShardedSplit::rounds, "How many rounds were made.")
        .def_property_readonly("is_settled", &ShardedSplit::is_settled, "Whether parts can be written.")
        .def(
            "tally",
            [](const ShardedSplit& self, const py::object& weights) {
                return with_weights(weights, [&](std::span<const Weight> shard) { return self.tally(shard); });
            },
            py::arg("weights"), "Counts the parts of one shard in this round.")
        .def(
            "narrowed",
            [](ShardedSplit self, const ShardTally& all) {
                self.narrow(all);
                return self;
            },
            py::arg("all"), "The split after this round, of which `all` is the sum of the tallies of all shards.")
        .def(
            "ties_in",
            [](const ShardedSplit& self, const py::object& weights) {
                return with_weights(weights, [&](std::span<const Weight> shard) { return self.ties_in(shard); });
            },
            py::arg("weights"), "How many parts of a shard compete for the last spare units.")
        .def("parts", &parts_of, py::arg("weights"), py::arg("ties_before") = 0,
             "The parts of a shard in minor units; `ties_before` is the sum of ties_in of the shards before it.")
        .def(
            "__eq__", [](const ShardedSplit& a, const ShardedSplit& b) { return a == b; }, py::is_operator())
        .def(py::pickle(&state_of_split, &split_of))
        .def("__repr__", [](const ShardedSplit& self) {
            return "<ShardedSplit of " + to_text(self.whole()) + (self.is_settled() ? ", settled" : "") + " after " +
                   std::to_string(self.rounds()) + " rounds>";
        });
}

}  // namespace crowdrules::python
