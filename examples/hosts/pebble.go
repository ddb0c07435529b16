// SPDX-License-Identifier: BSL-1.0
// crowdrules from Go by cgo:  CGO_CFLAGS=-I.../include CGO_LDFLAGS=-lcrowdrules-c go run pebble.go STORY
package main

// #include <crowdrules.h>
// #include <stdlib.h>
import "C"

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unsafe"
)

type event struct{ Event string }
type value struct {
	Refusal         struct{ Code string }
	Events          []event
	Phase, Refunded string
	Backers         int
	Collected       struct{ Amount string }
}

// The answer's text, and the campaign that was made, if any.
func taken(answer *C.crowdrules_answer) (string, *C.crowdrules_campaign) {
	defer C.crowdrules_answer_free(answer)
	return C.GoString(C.crowdrules_answer_text(answer)), C.crowdrules_answer_campaign(answer)
}

func given(text string) (*C.char, C.size_t) { return C.CString(text), C.size_t(len(text)) }

func main() {
	draft, _ := os.ReadFile(os.Args[1])
	story, length := given(string(draft))
	terms, _ := taken(C.crowdrules_terms(story, length))
	agreed, agreedLength := given(terms)
	at, atLength := given("2012-04-11T07:00:00Z")
	_, campaign := taken(C.crowdrules_launch(agreed, agreedLength, at, atLength))
	perform := func(format string, arguments ...any) string {
		text, length := given(fmt.Sprintf(format, arguments...))
		defer C.free(unsafe.Pointer(text))
		answer, _ := taken(C.crowdrules_perform(campaign, text, length))
		var v value
		json.Unmarshal([]byte(answer), &v)
		names := []string{}
		for _, e := range v.Events {
			names = append(names, e.Event)
		}
		return v.Refusal.Code + strings.Join(names, ", ")
	}
	const pledge = `{"at":"2012-04-11T08:00:00Z","command":"make_pledge","pledge":%d,"backer":%d,"reward":1,"amount":"%s"}`
	last := ""
	for number := 1; number <= 100; number++ {
		last = perform(pledge, number, number, "1000.00")
	}
	fmt.Println("pledge 100:", last)
	fmt.Println("pledge 101:", perform(pledge, 101, 101, "99.00"))
	deadline, deadlineLength := given("2012-05-18T07:00:00Z")
	taken(C.crowdrules_advance(campaign, deadline, deadlineLength))
	fmt.Println("charge:", perform(`{"at":"2012-05-18T08:00:00Z","command":"record_charge","pledge":1}`))
	fmt.Println("refund:", perform(`{"at":"2012-05-19T08:00:00Z","command":"refund_pledge","pledge":1,"amount":"1000.00"}`))
	page, _ := taken(C.crowdrules_statement(campaign))
	var v value
	json.Unmarshal([]byte(page), &v)
	fmt.Println(v.Phase, v.Backers, v.Collected.Amount, v.Refunded)
	C.crowdrules_campaign_free(campaign)
}
