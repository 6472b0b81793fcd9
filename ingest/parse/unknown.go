package parse

import (
	"bytes"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// names says what files are that nobody reads text in, by media type; where
// people know the extension better than the kind, it is added.
var names = map[string]string{
	"application/vnd.sqlite3":                       "a SQLite database",
	"application/x-msaccess":                        "an Access database",
	"application/x-dbf":                             "a dBASE table; save it as .csv",
	"application/vnd.apache.parquet":                "a Parquet table; save it as .csv",
	"application/postscript":                        "a PostScript file; save it as PDF",
	"application/vnd.fdf":                           "the data of a PDF form",
	"application/x-mobipocket-ebook":                "a Kindle book; save it as EPUB",
	"application/x-ms-reader":                       "an e-book of Microsoft Reader; save it as EPUB",
	"application/vnd.ms-htmlhelp":                   "a Windows help file",
	"application/x-os2-hlp":                         "a Windows help file",
	"application/onenote":                           "a OneNote section; export it as PDF or Word",
	"application/vnd.wordperfect":                   "a WordPerfect document; save it as .docx",
	"application/vnd.framemaker":                    "a FrameMaker document; save it as PDF",
	"application/vnd.lotus-1-2-3":                   "a Lotus 1-2-3 sheet; save it as .xlsx",
	"application/x-ms-shortcut":                     "a shortcut to another file",
	"application/x-bittorrent":                      "a torrent",
	"application/vnd.tcpdump.pcap":                  "a recording of network traffic",
	"application/dicom":                             "a medical image (DICOM)",
	"application/pkcs7-signature":                   "a signature",
	"application/vnd.ms-fontobject":                 "a font",
	"application/x-shockwave-flash":                 "a Flash film",
	"application/vnd.microsoft.portable-executable": "a program",
	"application/x-elf":                             "a program",
	"application/x-object":                          "a program",
	"application/x-executable":                      "a program",
	"application/x-sharedlib":                       "a program",
	"application/x-coredump":                        "a memory dump of a program",
	"application/x-mach-binary":                     "a program",
	"application/x-java-applet":                     "a compiled Java class",
	"application/x-bytecode.python":                 "compiled Python",
	"application/wasm":                              "a program (WebAssembly)",
	"application/x-archive":                         "a program library",
	"application/x-chrome-extension":                "a browser extension",
	"application/fits":                              "astronomical data (FITS)",
	"application/zlib":                              "compressed data",
	"image/vnd.djvu":                                "a DjVu document; save it as PDF",
	"image/vnd.dwg":                                 "a CAD drawing (.dwg)",
	"image/vnd.dxf":                                 "a CAD drawing (.dxf)",
	"image/vnd.adobe.photoshop":                     "a Photoshop image",
	"image/x-xcf":                                   "a GIMP image",
	"image/x-gimp-pat":                              "a GIMP pattern",
	"image/x-gimp-gbr":                              "a GIMP brush",
	"image/vnd.radiance":                            "an image (.hdr)",
	"image/x-icon":                                  "an icon",
	"image/x-icns":                                  "an icon",
	"model/gltf-binary":                             "a 3D model",
}

// packed are archives, by media type, with the extension that people know.
var packed = map[string]string{
	"application/gzip": ".gz", "application/x-tar": ".tar", "application/x-7z-compressed": ".7z", "application/vnd.rar": ".rar", "application/x-bzip2": ".bz2",
	"application/x-xz": ".xz", "application/zstd": ".zst", "application/lzip": ".lz", "application/vnd.ms-cab-compressed": ".cab", "application/x-installshield": ".cab",
	"application/x-cpio": ".cpio", "application/vnd.debian.binary-package": ".deb", "application/x-rpm": ".rpm", "application/x-xar": ".xar",
}

// magic names binary files that the library does not know, by their first bytes.
var magic = []struct{ head, name string }{
	{"bplist00", "settings in Apple's binary form (.plist)"},
	{"\x00\x00\x00\x01Bud1", "a folder's view settings (.DS_Store)"},
	{"GGUF", "the weights of a model"},
	{"Obj\x01", "an Avro table; save it as .csv"},
	{"\x89HDF\r\n\x1a\n", "scientific data (HDF5)"},
	{"\x93NUMPY", "a NumPy array"},
	{"ARROW1", "an Arrow table; save it as .csv"},
	{"!BDN", "an Outlook mailbox (.pst); export it as .mbox or .eml"},
	{"%!PS", "a PostScript file; save it as PDF"},
	{"%FDF-", "the data of a PDF form"},
	{"-----BEGIN PGP", "an encrypted message, key or signature (PGP)"},
	{"-----BEGIN ", "a certificate or a key"},
}

// byExtension names binary files without a magic number.
var byExtension = map[string]string{
	".iso": "a disk image", ".dmg": "a disk image", ".img": "a disk image", ".vmdk": "a disk image", ".qcow2": "a disk image", ".vhd": "a disk image",
	".pickle": "a Python pickle", ".pkl": "a Python pickle", ".pt": "the weights of a model", ".safetensors": "the weights of a model",
	".doc": "no Word file inside, whatever its name says", ".pdf": "no PDF inside, whatever its name says", ".pages": "a Pages document; export it as PDF or Word",
	".lz4": "an archive (.lz4); files in archives are not read", ".br": "compressed data", ".idx": "an index of another program", ".db": "a database",
	".mp3": "an audio file", ".o": "a program", ".a": "a program library",
}

func named(head []byte) string {
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.head)) {
			return m.name
		}
	}
	return ""
}

// unknown says what a file is that no parser takes.
func unknown(name string, head []byte) *Failure {
	if is := named(head); is != "" {
		return Unsupported("%s", is)
	}
	kind := mimetype.Detect(head)
	media, _, _ := strings.Cut(kind.String(), ";")
	major, _, _ := strings.Cut(media, "/")
	switch {
	case names[media] != "":
		return Unsupported("%s", names[media])
	case packed[media] != "":
		return Unsupported("an archive (%s); files in archives are not read", packed[media])
	case major == "audio":
		return Unsupported("an audio file (%s)", kind.Extension())
	case major == "video":
		return Unsupported("a video file (%s)", kind.Extension())
	case major == "font":
		return Unsupported("a font")
	case kind.Is("application/ogg") || kind.Is("application/vnd.rn-realmedia-vbr"):
		return Unsupported("an audio or video file (%s)", kind.Extension())
	}
	if known := byExtension[strings.ToLower(path.Ext(name))]; known != "" {
		return Unsupported("%s", known)
	}
	if kind.Is("application/octet-stream") || major == "text" {
		return Unsupported("not text, and not a type that is known")
	}
	return Unsupported("no parser for %s", media)
}
