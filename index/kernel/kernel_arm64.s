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

// What comes 12 KB later is fetched meanwhile; beyond the end that does nothing.

// func dotsSDOT(out *int32, groups, high, low *int8, n, length int)
TEXT ·dotsSDOT(SB), NOSPLIT, $0-48
	MOVD out+0(FP), R0
	MOVD groups+8(FP), R1
	MOVD high+16(FP), R2
	MOVD low+24(FP), R3
	MOVD n+32(FP), R4
	MOVD length+40(FP), R5

group:
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

pieces:
	PRFM   12288(R1), PLDL1KEEP
	PRFM   12352(R1), PLDL1KEEP
	VLD1.P 32(R9), [V0.B16, V1.B16]
	VLD1.P 32(R10), [V2.B16, V3.B16]
	VLD1.P 64(R1), [V4.B16, V5.B16, V6.B16, V7.B16]
	VLD1.P 64(R1), [V24.B16, V25.B16, V26.B16, V27.B16]
	SDOT(0, 4, 16)
	SDOT(0, 6, 17)
	SDOT(0, 24, 18)
	SDOT(0, 26, 19)
	SDOT(2, 4, 20)
	SDOT(2, 6, 21)
	SDOT(2, 24, 22)
	SDOT(2, 26, 23)
	SDOT(1, 5, 16)
	SDOT(1, 7, 17)
	SDOT(1, 25, 18)
	SDOT(1, 27, 19)
	SDOT(3, 5, 20)
	SDOT(3, 7, 21)
	SDOT(3, 25, 22)
	SDOT(3, 27, 23)
	SUBS   $32, R11, R11
	BNE    pieces

	VSHL  $8, V16.S4, V16.S4
	VSHL  $8, V17.S4, V17.S4
	VSHL  $8, V18.S4, V18.S4
	VSHL  $8, V19.S4, V19.S4
	VADD  V20.S4, V16.S4, V16.S4
	VADD  V21.S4, V17.S4, V17.S4
	VADD  V22.S4, V18.S4, V18.S4
	VADD  V23.S4, V19.S4, V19.S4
	VADDV V16.S4, V16
	VADDV V17.S4, V17
	VADDV V18.S4, V18
	VADDV V19.S4, V19
	FMOVS F16, (R0)
	FMOVS F17, 4(R0)
	FMOVS F18, 8(R0)
	FMOVS F19, 12(R0)
	ADD   $16, R0, R0
	SUBS  $1, R4, R4
	BNE   group
	RET

// ROW adds the products of 16 numbers of a row, in V(n), with those of the
// query in V(a) and V(b) to 8 sums.
#define ROW(n, a, b, lower, upper) \
	SXTL(n, 28)           \
	SXTL2(n, 29)          \
	SMLAL(a, 28, lower)   \
	SMLAL2(a, 28, upper)  \
	SMLAL(b, 29, lower)   \
	SMLAL2(b, 29, upper)

// func dotsNEON(out *int32, groups *int8, query *int16, n, length int)
TEXT ·dotsNEON(SB), NOSPLIT, $0-40
	MOVD out+0(FP), R0
	MOVD groups+8(FP), R1
	MOVD query+16(FP), R2
	MOVD n+24(FP), R4
	MOVD length+32(FP), R5

group:
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

pieces:
	PRFM   12288(R1), PLDL1KEEP
	PRFM   12352(R1), PLDL1KEEP
	VLD1.P 64(R9), [V0.H8, V1.H8, V2.H8, V3.H8]
	VLD1.P 64(R1), [V4.B16, V5.B16, V6.B16, V7.B16]
	VLD1.P 64(R1), [V24.B16, V25.B16, V26.B16, V27.B16]
	ROW(4, 0, 1, 16, 20)
	ROW(6, 0, 1, 17, 21)
	ROW(24, 0, 1, 18, 22)
	ROW(26, 0, 1, 19, 23)
	ROW(5, 2, 3, 16, 20)
	ROW(7, 2, 3, 17, 21)
	ROW(25, 2, 3, 18, 22)
	ROW(27, 2, 3, 19, 23)
	SUBS   $32, R11, R11
	BNE    pieces

	VADD  V20.S4, V16.S4, V16.S4
	VADD  V21.S4, V17.S4, V17.S4
	VADD  V22.S4, V18.S4, V18.S4
	VADD  V23.S4, V19.S4, V19.S4
	VADDV V16.S4, V16
	VADDV V17.S4, V17
	VADDV V18.S4, V18
	VADDV V19.S4, V19
	FMOVS F16, (R0)
	FMOVS F17, 4(R0)
	FMOVS F18, 8(R0)
	FMOVS F19, 12(R0)
	ADD   $16, R0, R0
	SUBS  $1, R4, R4
	BNE   group
	RET
