#include "textflag.h"

// Numbers of the rows are widened to 16 bits, and their products with those of
// the query added in pairs to 32. What comes 12 KB later is fetched meanwhile
// (beyond the end that does nothing): enough to be as fast as memory.

// func dotsAVX2(out *int32, groups *int8, query *int16, n, length int)
TEXT ·dotsAVX2(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ groups+8(FP), SI
	MOVQ query+16(FP), DX
	MOVQ n+24(FP), CX
	MOVQ length+32(FP), BX

group:
	VPXOR Y8, Y8, Y8
	VPXOR Y9, Y9, Y9
	VPXOR Y10, Y10, Y10
	VPXOR Y11, Y11, Y11
	XORQ  AX, AX

pieces:
	PREFETCHT0 12288(SI)
	PREFETCHT0 12352(SI)
	VMOVDQU    (DX)(AX*2), Y0
	VMOVDQU    32(DX)(AX*2), Y1
	VPMOVSXBW  (SI), Y2
	VPMOVSXBW  32(SI), Y3
	VPMOVSXBW  64(SI), Y4
	VPMOVSXBW  96(SI), Y5
	VPMADDWD   Y0, Y2, Y2
	VPMADDWD   Y0, Y3, Y3
	VPMADDWD   Y0, Y4, Y4
	VPMADDWD   Y0, Y5, Y5
	VPADDD     Y2, Y8, Y8
	VPADDD     Y3, Y9, Y9
	VPADDD     Y4, Y10, Y10
	VPADDD     Y5, Y11, Y11
	VPMOVSXBW  16(SI), Y2
	VPMOVSXBW  48(SI), Y3
	VPMOVSXBW  80(SI), Y4
	VPMOVSXBW  112(SI), Y5
	VPMADDWD   Y1, Y2, Y2
	VPMADDWD   Y1, Y3, Y3
	VPMADDWD   Y1, Y4, Y4
	VPMADDWD   Y1, Y5, Y5
	VPADDD     Y2, Y8, Y8
	VPADDD     Y3, Y9, Y9
	VPADDD     Y4, Y10, Y10
	VPADDD     Y5, Y11, Y11
	ADDQ       $128, SI
	ADDQ       $32, AX
	CMPQ       AX, BX
	JLT        pieces

	VPHADDD      Y9, Y8, Y8
	VPHADDD      Y11, Y10, Y10
	VPHADDD      Y10, Y8, Y8
	VEXTRACTI128 $1, Y8, X0
	VPADDD       X0, X8, X8
	VMOVDQU      X8, (DI)
	ADDQ         $16, DI
	DECQ         CX
	JNZ          group
	VZEROUPPER
	RET
