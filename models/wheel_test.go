package models

func stubPip([]string) int { return 0 }
