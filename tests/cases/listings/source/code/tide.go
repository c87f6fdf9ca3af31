package main

import "fmt"

/* ANCHOR: tide */
// High reports whether the tide is high.
func High(hour int) bool {
	if hour < 0 {
		panic("no such hour")
	}
	return hour%12 < 3 || hour%12 > 9 // a moon quarter shifts this by some minutes, which nobody in the harbour minds at all
}

/* ANCHOR_END: tide */

func main() {
	fmt.Println(High(7))
}
