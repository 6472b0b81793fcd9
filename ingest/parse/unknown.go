package parse

import (
	"bytes"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"golocal"
	"golocal/internal/remark"
)

// names says what files are that nobody reads text in, by media type; where
// people know the extension better than the kind, it is added.
var names = map[string]remark.Code{
	"application/vnd.sqlite3":                       remark.IsSQLite,
	"application/x-msaccess":                        remark.IsAccess,
	"application/x-dbf":                             remark.IsDBase,
	"application/vnd.apache.parquet":                remark.IsParquet,
	"application/postscript":                        remark.IsPostScript,
	"application/vnd.fdf":                           remark.IsFormData,
	"application/x-mobipocket-ebook":                remark.IsKindle,
	"application/x-ms-reader":                       remark.IsReader,
	"application/vnd.ms-htmlhelp":                   remark.IsHelp,
	"application/x-os2-hlp":                         remark.IsHelp,
	"application/onenote":                           remark.IsOneNote,
	"application/vnd.wordperfect":                   remark.IsWordPerfect,
	"application/vnd.framemaker":                    remark.IsFrameMaker,
	"application/vnd.lotus-1-2-3":                   remark.IsLotus,
	"application/x-ms-shortcut":                     remark.IsShortcut,
	"application/x-bittorrent":                      remark.IsTorrent,
	"application/vnd.tcpdump.pcap":                  remark.IsTraffic,
	"application/dicom":                             remark.IsMedical,
	"application/pkcs7-signature":                   remark.IsSignature,
	"application/vnd.ms-fontobject":                 remark.IsFont,
	"application/x-shockwave-flash":                 remark.IsFlash,
	"application/vnd.microsoft.portable-executable": remark.IsProgram,
	"application/x-elf":                             remark.IsProgram,
	"application/x-object":                          remark.IsProgram,
	"application/x-executable":                      remark.IsProgram,
	"application/x-sharedlib":                       remark.IsProgram,
	"application/x-coredump":                        remark.IsDump,
	"application/x-mach-binary":                     remark.IsProgram,
	"application/x-java-applet":                     remark.IsJava,
	"application/x-bytecode.python":                 remark.IsPython,
	"application/wasm":                              remark.IsWasm,
	"application/x-archive":                         remark.IsLibrary,
	"application/x-chrome-extension":                remark.IsExtension,
	"application/fits":                              remark.IsAstronomy,
	"application/zlib":                              remark.IsCompressed,
	"image/vnd.djvu":                                remark.IsDjVu,
	"image/vnd.dwg":                                 remark.IsDWG,
	"image/vnd.dxf":                                 remark.IsDXF,
	"image/vnd.adobe.photoshop":                     remark.IsPhotoshop,
	"image/x-xcf":                                   remark.IsGIMP,
	"image/x-gimp-pat":                              remark.IsGIMPPattern,
	"image/x-gimp-gbr":                              remark.IsGIMPBrush,
	"image/vnd.radiance":                            remark.IsHDR,
	"image/x-icon":                                  remark.IsIcon,
	"image/x-icns":                                  remark.IsIcon,
	"model/gltf-binary":                             remark.IsModel3D,
}

// packed are archives, by media type, with the extension that people know.
var packed = map[string]string{
	"application/gzip": ".gz", "application/x-tar": ".tar", "application/x-7z-compressed": ".7z", "application/vnd.rar": ".rar", "application/x-bzip2": ".bz2",
	"application/x-xz": ".xz", "application/zstd": ".zst", "application/lzip": ".lz", "application/vnd.ms-cab-compressed": ".cab", "application/x-installshield": ".cab",
	"application/x-cpio": ".cpio", "application/vnd.debian.binary-package": ".deb", "application/x-rpm": ".rpm", "application/x-xar": ".xar",
}

// magic names binary files that the library does not know, by their first bytes.
var magic = []struct {
	head string
	name remark.Code
}{
	{"bplist00", remark.IsPlist},
	{"\x00\x00\x00\x01Bud1", remark.IsDSStore},
	{"GGUF", remark.IsWeights},
	{"Obj\x01", remark.IsAvro},
	{"\x89HDF\r\n\x1a\n", remark.IsHDF5},
	{"\x93NUMPY", remark.IsNumPy},
	{"ARROW1", remark.IsArrow},
	{"!BDN", remark.IsPST},
	{"%!PS", remark.IsPostScript},
	{"%FDF-", remark.IsFormData},
	{"-----BEGIN PGP", remark.IsPGP},
	{"-----BEGIN ", remark.IsCertificate},
}

// byExtension names binary files without a magic number.
var byExtension = map[string]remark.Code{
	".iso": remark.IsDisk, ".dmg": remark.IsDisk, ".img": remark.IsDisk, ".vmdk": remark.IsDisk, ".qcow2": remark.IsDisk, ".vhd": remark.IsDisk,
	".pickle": remark.IsPickle, ".pkl": remark.IsPickle, ".pt": remark.IsWeights, ".safetensors": remark.IsWeights,
	".doc": remark.IsNoWord, ".pdf": remark.IsNoPDF, ".pages": remark.IsPages,
	".lz4": remark.IsLZ4, ".br": remark.IsCompressed, ".idx": remark.IsIndex, ".db": remark.IsDatabase,
	".mp3": remark.IsAudio, ".o": remark.IsProgram, ".a": remark.IsLibrary,
}

func named(head []byte) remark.Code {
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.head)) {
			return m.name
		}
	}
	return ""
}

// Unreadable says what a file is, by its name and its first bytes (4096 are
// enough), when no parser takes it; the zero Remark when one does, or its parts
// must tell.
func Unreadable(name string, head []byte) golocal.Remark {
	head = head[:min(len(head), 4096)]
	switch kind := Type(name, head); {
	case kind == "":
		return unknown(name, head).Why
	case kind == zipped && strings.EqualFold(path.Ext(name), ".zip"):
		return remark.New(remark.IsArchiveOf, ".zip")
	}
	return golocal.Remark{}
}

// unknown says what a file is that no parser takes.
func unknown(name string, head []byte) *Failure {
	if is := named(head); is != "" {
		return Unsupported(is)
	}
	kind := mimetype.Detect(head)
	media, _, _ := strings.Cut(kind.String(), ";")
	major, _, _ := strings.Cut(media, "/")
	switch {
	case names[media] != "":
		return Unsupported(names[media])
	case packed[media] != "":
		return Unsupported(remark.IsArchiveOf, packed[media])
	case major == "audio":
		return Unsupported(remark.IsAudioOf, kind.Extension())
	case major == "video":
		return Unsupported(remark.IsVideoOf, kind.Extension())
	case major == "font":
		return Unsupported(remark.IsFont)
	case kind.Is("application/ogg") || kind.Is("application/vnd.rn-realmedia-vbr"):
		return Unsupported(remark.IsMediaOf, kind.Extension())
	}
	if known := byExtension[strings.ToLower(path.Ext(name))]; known != "" {
		return Unsupported(known)
	}
	if kind.Is("application/octet-stream") || major == "text" {
		return Unsupported(remark.IsNotText)
	}
	return Unsupported(remark.IsNoParser, media)
}
