#include "textflag.h"

// What Go's assembler does not know (Arm Architecture Reference Manual, C7.2):
// signed widening of 8 bytes to halfwords, of the lower and the upper half;
// signed multiply-add of 4 halfwords to words, likewise; and the sums of four
// products of bytes added to words (FEAT_DotProd).
#define SXTL(n, d) WORD $(0x0F08A400 | (n)<<5 | (d))
#define SXTL2(n, d) WORD $(0x4F08A400 | (n)<<5 | (d))
#define SMLAL(m, n, d) WORD $(0x0E608000 | (m)<<16 | (n)<<5 | (d))
#define SMLAL2(m, n, d) WORD $(0x4E608000 | (m)<<16 | (n)<<5 | (d))
#define SDOT(m, n, d) WORD $(0x4E809400 | (m)<<16 | (n)<<5 | (d))

// func dotNEON(a, b *float32, n int, sums *[16]float32)
TEXT ·dotNEON(SB), NOSPLIT, $0-32
	MOVD a+0(FP), R0
	MOVD b+8(FP), R1
	MOVD n+16(FP), R2
	MOVD sums+24(FP), R3
	VEOR V16.B16, V16.B16, V16.B16
	VEOR V17.B16, V17.B16, V17.B16
	VEOR V18.B16, V18.B16, V18.B16
	VEOR V19.B16, V19.B16, V19.B16

loop:
	VLD1.P 64(R0), [V0.S4, V1.S4, V2.S4, V3.S4]
	VLD1.P 64(R1), [V4.S4, V5.S4, V6.S4, V7.S4]
	VFMLA  V0.S4, V4.S4, V16.S4
	VFMLA  V1.S4, V5.S4, V17.S4
	VFMLA  V2.S4, V6.S4, V18.S4
	VFMLA  V3.S4, V7.S4, V19.S4
	SUBS   $16, R2, R2
	BNE    loop

	VST1 [V16.S4, V17.S4, V18.S4, V19.S4], (R3)
	RET

// Four rows at a time share what is loaded of the query. What lies eight rows
// ahead is fetched, as a processor's own fetching may lose its way in four streams.

// func dotsSDOT(out *int32, rows, high, low *int8, n, stride int)
TEXT ·dotsSDOT(SB), NOSPLIT, $0-48
	MOVD out+0(FP), R0
	MOVD rows+8(FP), R1
	MOVD high+16(FP), R2
	MOVD low+24(FP), R3
	MOVD n+32(FP), R4
	MOVD stride+40(FP), R5

four:
	CMP  $4, R4
	BLT  one
	ADD  R1, R5, R6
	ADD  R6, R5, R7
	ADD  R7, R5, R8
	ADD  R5<<3, R1, R12 // beyond the end fetching ahead does nothing
	MOVD R2, R9
	MOVD R3, R10
	MOVD R5, R11
	VEOR V16.B16, V16.B16, V16.B16
	VEOR V17.B16, V17.B16, V17.B16
	VEOR V18.B16, V18.B16, V18.B16
	VEOR V19.B16, V19.B16, V19.B16
	VEOR V20.B16, V20.B16, V20.B16
	VEOR V21.B16, V21.B16, V21.B16
	VEOR V22.B16, V22.B16, V22.B16
	VEOR V23.B16, V23.B16, V23.B16

fourLoop:
	PRFM   (R12), PLDL1KEEP
	ADD    $64, R12, R12
	VLD1.P 16(R9), [V0.B16]
	VLD1.P 16(R10), [V1.B16]
	VLD1.P 16(R1), [V2.B16]
	VLD1.P 16(R6), [V3.B16]
	VLD1.P 16(R7), [V4.B16]
	VLD1.P 16(R8), [V5.B16]
	SDOT(0, 2, 16)
	SDOT(0, 3, 17)
	SDOT(0, 4, 18)
	SDOT(0, 5, 19)
	SDOT(1, 2, 20)
	SDOT(1, 3, 21)
	SDOT(1, 4, 22)
	SDOT(1, 5, 23)
	SUBS   $16, R11, R11
	BNE    fourLoop

	VSHL   $8, V16.S4, V16.S4
	VSHL   $8, V17.S4, V17.S4
	VSHL   $8, V18.S4, V18.S4
	VSHL   $8, V19.S4, V19.S4
	VADD   V20.S4, V16.S4, V16.S4
	VADD   V21.S4, V17.S4, V17.S4
	VADD   V22.S4, V18.S4, V18.S4
	VADD   V23.S4, V19.S4, V19.S4
	VADDV  V16.S4, V16
	VADDV  V17.S4, V17
	VADDV  V18.S4, V18
	VADDV  V19.S4, V19
	FMOVS  F16, (R0)
	FMOVS  F17, 4(R0)
	FMOVS  F18, 8(R0)
	FMOVS  F19, 12(R0)
	ADD    $16, R0, R0
	MOVD   R8, R1 // behind the fourth row
	SUB    $4, R4, R4
	B      four

one:
	CBZ  R4, done
	MOVD R2, R9
	MOVD R3, R10
	MOVD R5, R11
	VEOR V16.B16, V16.B16, V16.B16
	VEOR V20.B16, V20.B16, V20.B16

oneLoop:
	VLD1.P 16(R9), [V0.B16]
	VLD1.P 16(R10), [V1.B16]
	VLD1.P 16(R1), [V2.B16]
	SDOT(0, 2, 16)
	SDOT(1, 2, 20)
	SUBS   $16, R11, R11
	BNE    oneLoop

	VSHL   $8, V16.S4, V16.S4
	VADD   V20.S4, V16.S4, V16.S4
	VADDV  V16.S4, V16
	FMOVS  F16, (R0)
	ADD    $4, R0, R0
	SUB    $1, R4, R4
	B      one

done:
	RET

#define ROW(from, lower, upper) \
	VLD1.P 16(from), [V2.B16] \
	SXTL(2, 3)                \
	SXTL2(2, 4)               \
	SMLAL(0, 3, lower)        \
	SMLAL2(0, 3, upper)       \
	SMLAL(1, 4, lower)        \
	SMLAL2(1, 4, upper)

// func dotsNEON(out *int32, rows *int8, query *int16, n, stride int)
TEXT ·dotsNEON(SB), NOSPLIT, $0-40
	MOVD out+0(FP), R0
	MOVD rows+8(FP), R1
	MOVD query+16(FP), R2
	MOVD n+24(FP), R4
	MOVD stride+32(FP), R5

four:
	CMP  $4, R4
	BLT  one
	ADD  R1, R5, R6
	ADD  R6, R5, R7
	ADD  R7, R5, R8
	ADD  R5<<3, R1, R12 // beyond the end fetching ahead does nothing
	MOVD R2, R9
	MOVD R5, R11
	VEOR V16.B16, V16.B16, V16.B16
	VEOR V17.B16, V17.B16, V17.B16
	VEOR V18.B16, V18.B16, V18.B16
	VEOR V19.B16, V19.B16, V19.B16
	VEOR V20.B16, V20.B16, V20.B16
	VEOR V21.B16, V21.B16, V21.B16
	VEOR V22.B16, V22.B16, V22.B16
	VEOR V23.B16, V23.B16, V23.B16

fourLoop:
	PRFM   (R12), PLDL1KEEP
	ADD    $64, R12, R12
	VLD1.P 32(R9), [V0.H8, V1.H8]
	ROW(R1, 16, 20)
	ROW(R6, 17, 21)
	ROW(R7, 18, 22)
	ROW(R8, 19, 23)
	SUBS   $16, R11, R11
	BNE    fourLoop

	VADD   V20.S4, V16.S4, V16.S4
	VADD   V21.S4, V17.S4, V17.S4
	VADD   V22.S4, V18.S4, V18.S4
	VADD   V23.S4, V19.S4, V19.S4
	VADDV  V16.S4, V16
	VADDV  V17.S4, V17
	VADDV  V18.S4, V18
	VADDV  V19.S4, V19
	FMOVS  F16, (R0)
	FMOVS  F17, 4(R0)
	FMOVS  F18, 8(R0)
	FMOVS  F19, 12(R0)
	ADD    $16, R0, R0
	MOVD   R8, R1 // behind the fourth row
	SUB    $4, R4, R4
	B      four

one:
	CBZ  R4, done
	MOVD R2, R9
	MOVD R5, R11
	VEOR V16.B16, V16.B16, V16.B16
	VEOR V20.B16, V20.B16, V20.B16

oneLoop:
	VLD1.P 32(R9), [V0.H8, V1.H8]
	ROW(R1, 16, 20)
	SUBS   $16, R11, R11
	BNE    oneLoop

	VADD   V20.S4, V16.S4, V16.S4
	VADDV  V16.S4, V16
	FMOVS  F16, (R0)
	ADD    $4, R0, R0
	SUB    $1, R4, R4
	B      one

done:
	RET
