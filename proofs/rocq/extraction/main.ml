(* Reads certificates in the line format of README.md, has the extracted checkers decide,
   and prints one line for each: accepted, rejected or malformed, and the fact. *)

module C = Checkers

exception Malformed of string

let fail format = Printf.ksprintf (fun text -> raise (Malformed text)) format

let integer text =
  let plain c = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') in
  let digits =
    if text <> "" && text.[0] = '-' then String.sub text 1 (String.length text - 1) else text in
  if digits = "" || not (String.for_all plain digits) then fail "no hexadecimal integer: %S" text;
  Z.of_string_base 16 text

let natural text =
  let n = integer text in
  if Z.sign n < 0 then fail "a negative number: %s" text;
  n

let nat text =
  let rec build n acc = if n = 0 then acc else build (n - 1) (C.S acc) in
  let n = natural text in
  if Z.gt n (Z.of_int 1_000_000) then fail "a number that is too large: %s" text;
  build (Z.to_int n) C.O

let integers = List.rev_map integer (* of a reversed list *)

let row tokens = integers (List.rev tokens)

(* "1,0,2", or "-" for a multi-index without entries. *)
let multi_index text =
  if text = "-" then [] else List.map natural (String.split_on_char ',' text)

(* The body of a certificate: the values of each field, a list of tokens a line. *)
type body = (string, string list list) Hashtbl.t

let rows (body : body) name =
  List.rev (Option.value (Hashtbl.find_opt body name) ~default:[])

let one body name =
  match rows body name with
  | [ tokens ] -> tokens
  | found -> fail "expected the field %s once, found it %d times" name (List.length found)

let single body name =
  match one body name with [ x ] -> x | _ -> fail "expected one value in %s" name

let pair body name =
  match one body name with
  | [ x; y ] -> (integer x, integer y)
  | _ -> fail "expected two values in %s" name

let table body name = List.rev (List.rev_map row (rows body name))

let show (p, q) =
  let g = Z.gcd p q in
  let p, q = (Z.divexact p g, Z.divexact q g) in
  if Z.equal q Z.one then Z.to_string p else Z.to_string p ^ "/" ^ Z.to_string q

let cubature body : C.Cubature.certificate =
  { dim = nat (single body "dim");
    degree = nat (single body "degree");
    point_denominator = integer (single body "point-denominator");
    points = table body "node";
    source_denominator = integer (single body "source-denominator");
    source_weights = row (one body "source-weights");
    support = row (one body "support");
    rule_denominator = integer (single body "rule-denominator");
    rule_weights = row (one body "rule-weights") }

let rule_text body defect =
  Printf.sprintf "%d of %d nodes in dimension %s have all moments up to degree %s, defect %s"
    (List.length (one body "support")) (List.length (rows body "node"))
    (Z.to_string (natural (single body "dim")))
    (Z.to_string (natural (single body "degree")))
    defect

let check_cubature _ body =
  if C.Cubature.check_exact (cubature body) then Ok (rule_text body "0")
  else Error "the moments differ, or it is no rule"

let check_approximate limit body =
  let certificate = cubature body in
  match C.Cubature.defect_of certificate with
  | None -> Error "it is no rule"
  | Some defect -> (
      match limit with
      | Some (p, q) when not (C.Cubature.check_within certificate p q) ->
          Error (Printf.sprintf "the defect %s is larger than %s" (show defect) (show (p, q)))
      | _ -> Ok (rule_text body (show defect)))

let check_level_set _ body =
  let piece = function
    | [ a; b; q ] -> ((integer a, integer b), integer q)
    | _ -> fail "expected three values in piece" in
  let certificate : C.LevelSet.certificate =
    { coefficient_denominator = integer (single body "coefficient-denominator");
      coefficients = row (one body "coefficients");
      domain_denominator = integer (single body "domain-denominator");
      domain = row (one body "domain");
      level = pair body "level";
      peak = pair body "peak";
      pieces = List.map piece (rows body "piece") } in
  if C.LevelSet.check certificate then
    Ok (Printf.sprintf "|p| <= %s on a share %s of the interval"
          (show certificate.level) (show (C.LevelSet.share certificate)))
  else Error "|p| is not bounded as stated"

(* Coefficient, exponents of the own point, factors. *)
let term = function
  | coefficient :: own :: factors ->
      ((multi_index own, List.map multi_index factors), integer coefficient)
  | _ -> fail "expected a coefficient, exponents and factors"

let check_identity _ body =
  let points = match single body "points" with "any" -> None | text -> Some (natural text) in
  let certificate : C.PowerSums.identity =
    { identity_dim = nat (single body "dim");
      identity_points = points;
      identity_denominator = integer (single body "denominator");
      left = List.map term (rows body "left");
      right = List.map term (rows body "right") } in
  if C.PowerSums.check_identity certificate then
    Ok ("both sides are equal on "
        ^ match points with None -> "every number of points"
          | Some n -> Z.to_string n ^ " points")
  else Error "the sides differ, or it is no identity"

let witness body : C.PowerSums.witness =
  { node_denominator = integer (single body "node-denominator");
    nodes = table body "node";
    weight_denominator = integer (single body "weight-denominator");
    weights = row (one body "weights");
    own_node = integer (single body "own") }

let check_syzygy _ body =
  let weighted = if Hashtbl.mem body "own" then Some (witness body) else None in
  let certificate : C.PowerSums.syzygy =
    { syzygy_dim = nat (single body "dim");
      syzygy_points = natural (single body "points");
      syzygy_denominator = integer (single body "denominator");
      terms = List.map term (rows body "term");
      weighted_set = weighted } in
  if not (C.PowerSums.check_syzygy certificate) then
    Error "it does not vanish on all points, or is zero"
  else
    let value = Option.bind weighted (C.PowerSums.witness_value certificate) in
    Ok (Printf.sprintf "not zero, and zero on %s points%s"
          (Z.to_string certificate.syzygy_points)
          (match value with None -> "" | Some v -> "; on the weighted set " ^ show v))

let rule_fields =
  [ "dim"; "degree"; "point-denominator"; "node"; "source-denominator"; "source-weights";
    "support"; "rule-denominator"; "rule-weights" ]

let witness_fields = [ "node-denominator"; "node"; "weight-denominator"; "weights"; "own" ]

(* Each kind: its fields and its checker. *)
let kinds =
  [ ("cubature", (rule_fields, check_cubature));
    ("approximate_cubature", (rule_fields, check_approximate));
    ( "level_set",
      ( [ "coefficient-denominator"; "coefficients"; "domain-denominator"; "domain"; "level";
          "peak"; "piece" ],
        check_level_set ) );
    ("power_sum_identity", ([ "dim"; "points"; "denominator"; "left"; "right" ], check_identity));
    ("syzygy", ([ "dim"; "points"; "denominator"; "term" ] @ witness_fields, check_syzygy)) ]

let tokens line = List.filter (( <> ) "") (String.split_on_char ' ' line)

let next_line channel = try Some (input_line channel) with End_of_file -> None

let with_file name use =
  let channel = open_in_bin name in
  Fun.protect ~finally:(fun () -> close_in_noerr channel) (fun () -> use channel)

(* The lines up to `end`, in a table; None after the last certificate. *)
let read_certificate channel =
  match next_line channel with
  | None -> None
  | Some header ->
      let kind = match tokens header with
        | [ "ucomp-lines"; "1"; kind ] -> kind
        | _ -> fail "expected `ucomp-lines 1 KIND`" in
      let fields, checker = match List.assoc_opt kind kinds with
        | Some found -> found
        | None -> fail "a kind that is not known: %s" kind in
      let body = Hashtbl.create 16 in
      let rec fill () =
        match Option.map tokens (next_line channel) with
        | None -> fail "the end is missing"
        | Some [ "end" ] -> ()
        | Some (name :: values) when List.mem name fields ->
            let before = Option.value (Hashtbl.find_opt body name) ~default:[] in
            Hashtbl.replace body name (values :: before);
            fill ()
        | Some _ -> fail "a line that is no field of %s" kind in
      fill ();
      Some (checker, body)

let status = ref 0

let report name = function
  | Ok fact -> Printf.printf "accepted   %s: %s\n%!" name fact
  | Error reason ->
      status := 1;
      Printf.printf "rejected   %s: %s\n%!" name reason

let malformed name reason =
  if !status = 0 then status := 2;
  Printf.printf "malformed  %s: %s\n%!" name reason

let check_file limit name =
  let check channel =
    let rec go () =
      match read_certificate channel with
      | None -> ()
      | Some (checker, body) -> report name (checker limit body); go () in
    go () in
  try if name = "-" then check stdin else with_file name check with
  | Malformed reason | Sys_error reason -> malformed name reason
  | Stack_overflow | Out_of_memory -> malformed name "it needs more memory than there is"

let usage () =
  prerr_endline "usage: ucomp-checker [--max-defect P/Q] FILE...   (hexadecimal; - is stdin)";
  exit 2

let () =
  let limit_of text =
    match List.map integer (String.split_on_char '/' text) with
    | [ p; q ] when Z.sign q > 0 -> (p, q)
    | _ -> usage () in
  (try
     match List.tl (Array.to_list Sys.argv) with
     | "--max-defect" :: limit :: (_ :: _ as files) ->
         List.iter (check_file (Some (limit_of limit))) files
     | (_ :: _ as files) when not (List.mem "--max-defect" files) ->
         List.iter (check_file None) files
     | _ -> usage ()
   with Malformed _ -> usage ());
  exit !status
