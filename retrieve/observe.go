package retrieve

// Observed returns a Retriever that works as r does and gives the features of
// each search, from which its evidence comes, to f before it returns.
func (r *Retriever) Observed(f func(Features)) *Retriever {
	o := r.o
	o.Observe = f
	return &Retriever{o}
}
