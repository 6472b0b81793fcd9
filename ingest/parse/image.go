package parse

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	_ "image/gif"  // sizes
	_ "image/jpeg" // sizes
	"image/png"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/bmp" // sizes
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff" // sizes
	_ "golang.org/x/image/webp" // sizes

	"golocal"
	"golocal/internal/remark"
)

// parseImage reads the text in an image, where the user has turned that on.
func (f *Formats) parseImage(ctx context.Context, data []byte) (golocal.Document, error) {
	if f.OCR == nil {
		return golocal.Document{}, Because(golocal.StateUnsupported, Image, remark.IsImage)
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err == image.ErrFormat:
		_, kind, _ := strings.Cut(mimetype.Detect(data[:min(len(data), 4096)]).String(), "/")
		return golocal.Document{}, Because(golocal.StateUnsupported, Image, remark.IsImageKind, kind)
	case err != nil:
		return golocal.Document{}, Broken(Image, err)
	case float64(size.Width)*float64(size.Height) > maxPicture:
		return golocal.Document{}, Failed(Image, remark.TooLargeImage, size.Width, size.Height, int(maxPicture/1e6))
	}
	picture, height, times, err := upright(data, size)
	if err != nil {
		return golocal.Document{}, Broken(Image, err)
	}
	texts, err := f.OCR.recognise(ctx, picture)
	if err != nil {
		return golocal.Document{}, ocrFailure(err)
	}
	return layImage(texts, height*times, 1/float64(times))
}

// layImage lays out what is read in the pages of an image, of which a pixel is
// so many points.
func layImage(texts []ocrText, height int, points float64) (golocal.Document, error) {
	doc := golocal.Document{Type: Image, Pages: len(texts), Remarks: []golocal.Remark{remark.New(remark.NoteOCR)}}
	empty := Because(golocal.StateNoText, Image, remark.NoImageText)
	var out strings.Builder
	for number, text := range texts {
		if text.unsure {
			empty.because(remark.UnsureText)
		}
		doc.Marks = append(doc.Marks, golocal.Mark{At: out.Len(), Place: golocal.Place{Page: number + 1}})
		for i, line := range text.lines {
			if i == 0 || line.paragraph != text.lines[i-1].paragraph {
				if i > 0 {
					out.WriteByte('\n')
				}
				doc.Sections = append(doc.Sections, golocal.Section{Kind: golocal.KindParagraph, Span: golocal.Span{Start: out.Len()}})
			}
			at := out.Len()
			out.WriteString(line.text)
			doc.Sections[len(doc.Sections)-1].Span.End = out.Len()
			doc.Lines = append(doc.Lines, golocal.Line{Span: golocal.Span{Start: at, End: out.Len()}, Page: number + 1, Box: line.onPage(height, points)})
			out.WriteByte('\n')
		}
		out.WriteByte('\f')
	}
	doc.Text = out.String()
	if len(doc.Lines) == 0 {
		return golocal.Document{}, empty
	}
	setPlaces(&doc)
	return doc, nil
}

// smallSide is how many pixels the longer side of an image has at least whose
// letters tesseract tells apart. It wants capital letters of 20 to 30 pixels
// (https://tesseract-ocr.github.io/tessdoc/ImproveQuality.html#rescaling), and
// those on a screen have 10.
const smallSide = 2000

// upright returns an image as it is looked at: turned as its camera says, and a
// small one so many times as large. height is that of the image so turned.
func upright(data []byte, size image.Config) (picture []byte, height, times int, err error) {
	turn := exifTurn(data)
	times = min(max(smallSide/max(size.Width, size.Height, 1), 1), 3)
	if turn == 0 && times == 1 {
		return data, size.Height, 1, nil // tesseract reads more kinds, and of a TIFF all pages
	}
	seen, kind, err := image.Decode(bytes.NewReader(data))
	if err != nil || kind == "tiff" {
		return data, size.Height, 1, nil // tesseract may be more lenient
	}
	grey := image.NewGray(image.Rect(0, 0, size.Width*times, size.Height*times))
	draw.Draw(grey, grey.Rect, image.White, image.Point{}, draw.Src) // letters on a transparent ground are dark
	if times > 1 {
		draw.CatmullRom.Scale(grey, grey.Rect, seen, seen.Bounds(), draw.Over, nil)
	} else {
		draw.Draw(grey, grey.Rect, seen, seen.Bounds().Min, draw.Over)
	}
	grey = turned(grey, turn)
	var file bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, grey)
	return file.Bytes(), grey.Rect.Dy() / times, times, err
}

// turned returns an image turned clockwise by so many quarters.
func turned(from *image.Gray, quarters int) *image.Gray {
	w, h := from.Rect.Dx(), from.Rect.Dy()
	if quarters%4 == 0 {
		return from
	}
	to := image.NewGray(image.Rect(0, 0, w, h))
	if quarters%2 == 1 {
		to = image.NewGray(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			c := from.Pix[y*from.Stride+x]
			switch quarters % 4 {
			case 1:
				to.Pix[x*to.Stride+h-1-y] = c
			case 2:
				to.Pix[(h-1-y)*to.Stride+w-1-x] = c
			case 3:
				to.Pix[(w-1-x)*to.Stride+y] = c
			}
		}
	}
	return to
}

// exifTurn is by how many quarters clockwise a camera's JPEG is to be turned, as
// its Exif orientation says (CIPA DC-008, tag 0x0112). Mirrored images are left.
func exifTurn(data []byte) int {
	head := data[:min(len(data), 128<<10)]
	if !bytes.HasPrefix(head, []byte{0xff, 0xd8}) {
		return 0
	}
	at := bytes.Index(head, []byte("Exif\x00\x00"))
	if at < 0 {
		return 0
	}
	tiff := head[at+6:]
	if len(tiff) < 10 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	start := int64(order.Uint32(tiff[4:]))
	if start+2 > int64(len(tiff)) {
		return 0
	}
	entries := tiff[start+2:]
	for range order.Uint16(tiff[start:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 0x0112 {
			return map[uint16]int{3: 2, 6: 1, 8: 3}[order.Uint16(entries[8:])]
		}
		entries = entries[12:]
	}
	return 0
}
