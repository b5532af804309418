(* A checker of identities and syzygies of power sums: definitions only, made to be run.

   `CheckerPowerSumsSound` and `CheckerSyzygySound` prove what it means that a certificate
   is accepted.  This file needs nothing but Coq's own integers and lists.

   For points x_1, ..., x_d let q_a = sum_i x_i^a, and for multi-indices a_1, ..., a_n let
   M(a_1, ..., a_n) be the sum of x_(i_1)^(a_1) ... x_(i_n)^(a_n) over pairwise different
   indices.  A combination is a list of entries ((e, parts), c): c times the monomial with
   exponents e in the coordinates of one of the points, its own, times a product of q, or
   an M, with these parts.  The own point is not among those of M.
   - `expand limit own l`    products of q, as a combination of M, by
        q_a M(..) = M(.., a) + sum_j M(.., a_j + a, ..) (+ own^a M(..) with an own point);
        M with more parts than there are points are left out;
   - `check_identity c`      both sides of an identity have the same expansion;
   - `check_syzygy c`        a polynomial in the q and the own point is not 0, its
        expansion is, and it is not 0 on the weighted set of the witness, if any;
   - `witness_value c w`     its value there, as a fraction.                          *)
Require Import ZArith NArith List Bool.
Import ListNotations.
Local Open Scope Z_scope.

Module PowerSums.

Definition multi_index := list N.
Definition key := (multi_index * list multi_index)%type.
Definition combination := list (key * Z).

Fixpoint plus (a b : multi_index) : multi_index :=
  match a, b with
  | x :: a', y :: b' => N.add x y :: plus a' b'
  | [], _ => b
  | _, [] => a
  end.

Fixpoint compare_lists {A : Type} (compare : A -> A -> comparison) (u v : list A) :=
  match u, v with
  | [], [] => Eq
  | [], _ => Lt
  | _, [] => Gt
  | x :: u', y :: v' =>
      match compare x y with Eq => compare_lists compare u' v' | other => other end
  end.

Definition compare_indices := compare_lists N.compare.

Definition compare_keys (k l : key) : comparison :=
  match compare_lists compare_indices (snd k) (snd l) with
  | Eq => compare_indices (fst k) (fst l)
  | other => other
  end.

(* Into a sorted list. *)
Fixpoint insert (a : multi_index) (parts : list multi_index) : list multi_index :=
  match parts with
  | [] => [a]
  | b :: rest =>
      match compare_indices a b with Gt => b :: insert a rest | _ => a :: parts end
  end.

Definition sort (parts : list multi_index) : list multi_index := fold_right insert [] parts.

(* The sum of two combinations whose keys increase, equal keys put together. *)
Fixpoint merge (u : combination) : combination -> combination :=
  match u with
  | [] => fun v => v
  | (k, x) :: u' =>
      fix merge_u (v : combination) : combination :=
        match v with
        | [] => u
        | (l, y) :: v' =>
            match compare_keys k l with
            | Lt => (k, x) :: merge u' v
            | Gt => (l, y) :: merge_u v'
            | Eq => if x + y =? 0 then merge u' v' else (k, x + y) :: merge u' v'
            end
        end
  end.

Fixpoint merge_pairs (l : list combination) : list combination :=
  match l with
  | u :: v :: rest => merge u v :: merge_pairs rest
  | _ => l
  end.

Fixpoint merge_all (fuel : nat) (l : list combination) : combination :=
  match fuel, l with
  | _, [] => []
  | _, [u] => u
  | O, _ => fold_right merge [] l
  | S fuel', _ => merge_all fuel' (merge_pairs l)
  end.

(* Sorted, equal keys put together, without zeros. *)
Definition collect (l : combination) : combination :=
  merge_all 64 (map (fun e => [e]) (filter (fun e => negb (snd e =? 0)) l)).

Definition coefficient (k : key) (l : combination) : Z :=
  fold_right (fun e total => match compare_keys k (fst e) with
                             | Eq => snd e + total | _ => total end) 0 l.

(* Some key has a coefficient that is not 0. *)
Definition nonzero (l : combination) : bool :=
  existsb (fun e => negb (coefficient (fst e) l =? 0)) (collect l).

(* Every part in turn with a added to it. *)
Fixpoint raised (a : multi_index) (parts : list multi_index) : list (list multi_index) :=
  match parts with
  | [] => []
  | b :: rest => insert (plus b a) rest :: map (insert b) (raised a rest)
  end.

(* Whether so many parts can have different points; an own point takes one. *)
Definition room (limit : option N) (own : bool) (parts : nat) : bool :=
  match limit with
  | None => true
  | Some d => N.leb (N.add (N.of_nat parts) (if own then 1 else 0)) d
  end.

Definition times_one (limit : option N) (own : bool) (a : multi_index) (e : key * Z) :=
  let '((exponents, parts), c) := e in
  (if own then [((plus exponents a, parts), c)] else [])
  ++ (if room limit own (S (length parts)) then [((exponents, insert a parts), c)] else [])
  ++ map (fun parts' => ((exponents, parts'), c)) (raised a parts).

Definition times_power_sum limit own a (l : combination) : combination :=
  collect (flat_map (times_one limit own a) l).

(* Products with the same first factor, side by side, are put together. *)
Fixpoint groups (l : combination) : list (multi_index * combination) :=
  match l with
  | [] => []
  | ((_, []), _) :: l' => groups l'
  | ((exponents, a :: factors), c) :: l' =>
      match groups l' with
      | [] => [(a, [((exponents, factors), c)])]
      | (b, group) :: rest =>
          match compare_indices a b with
          | Eq => (b, ((exponents, factors), c) :: group) :: rest
          | _ => (a, [((exponents, factors), c)]) :: (b, group) :: rest
          end
      end
  end.

Definition constants (l : combination) : combination :=
  filter (fun e => match snd (fst e) with [] => true | _ => false end) l.

Fixpoint expand (fuel : nat) limit own (l : combination) : combination :=
  match fuel with
  | O => l
  | S fuel' =>
      collect (constants l ++
        flat_map (fun g => times_power_sum limit own (fst g)
                             (expand fuel' limit own (snd g))) (groups l))
  end.

Definition most_factors (l : combination) : nat :=
  fold_right (fun e n => Nat.max (length (snd (fst e))) n) O l.

Definition expansion limit own (l : combination) : combination :=
  expand (most_factors l) limit own (collect l).

Definition sorted_keys (l : combination) : combination :=
  map (fun e => ((fst (fst e), sort (snd (fst e))), snd e)) l.

Definition well_formed (dim : nat) (l : combination) : bool :=
  forallb (fun e => Nat.eqb (length (fst (fst e))) dim
    && forallb (fun a => Nat.eqb (length a) dim && existsb (N.ltb 0) a) (snd (fst e))) l.

Definition is_zero (l : combination) : bool := match l with [] => true | _ => false end.

(* Identities: the left side is a combination of M, the right one of products of q. *)
Record identity := Identity {
  identity_dim : nat;
  identity_points : option N;       (* None: any number of points *)
  identity_denominator : Z;         (* of all coefficients *)
  left : combination;               (* the exponents of own points are all 0 *)
  right : combination
}.

Definition opposite (l : combination) : combination := map (fun e => (fst e, - snd e)) l.

Definition no_own (l : combination) : bool :=
  forallb (fun e => forallb (N.eqb 0) (fst (fst e))) l.

Definition check_identity (c : identity) : bool :=
  let kept := filter (fun e => room (identity_points c) false (length (snd (fst e)))) in
  (0 <? identity_denominator c)
  && well_formed (identity_dim c) (left c) && well_formed (identity_dim c) (right c)
  && no_own (left c) && no_own (right c)
  && nonzero (sorted_keys (left c))
  && is_zero (merge (expansion (identity_points c) false (sorted_keys (right c)))
                    (collect (opposite (kept (sorted_keys (left c)))))).

(* Syzygies. *)
Record witness := Witness {
  node_denominator : Z;
  nodes : list (list Z);
  weight_denominator : Z;
  weights : list Z;
  own_node : Z
}.

Record syzygy := Syzygy {
  syzygy_dim : nat;
  syzygy_points : N;
  syzygy_denominator : Z;
  terms : combination;
  weighted_set : option witness
}.

Definition has_own (l : combination) : bool := negb (no_own l).

Fixpoint positive_power (x : Z) (n : positive) : Z :=
  match n with
  | xH => x
  | xO n' => let y := positive_power x n' in y * y
  | xI n' => let y := positive_power x n' in x * (y * y)
  end.

Definition power (x : Z) (n : N) : Z :=
  match n with N0 => 1 | Npos n' => positive_power x n' end.

Fixpoint monomial (a : multi_index) (z : list Z) : Z :=
  match a, z with
  | e :: a', x :: z' => power x e * monomial a' z'
  | _, _ => 1
  end.

Fixpoint weighted_sum (a : multi_index) (c : list Z) (p : list (list Z)) : Z :=
  match c, p with
  | x :: c', z :: p' => x * monomial a z + weighted_sum a c' p'
  | _, _ => 0
  end.

Definition order (a : multi_index) : N := fold_right N.add 0%N a.
Definition term_order (k : key) : N := N.add (order (fst k)) (order (concat (snd k))).
Definition num_factors (k : key) : N := N.of_nat (length (snd k)).

Fixpoint node_at (p : list (list Z)) (i : Z) : option (list Z) :=
  match p with
  | [] => None
  | z :: p' => if i =? 0 then Some z else node_at p' (i - 1)
  end.

(* All terms over one denominator: the powers that a term lacks are supplied. *)
Definition term_value (w : witness) (y : list Z) (K L : N) (e : key * Z) : Z :=
  snd e * monomial (fst (fst e)) y
  * fold_right (fun a total => weighted_sum a (weights w) (nodes w) * total) 1 (snd (fst e))
  * power (node_denominator w) (N.sub K (term_order (fst e)))
  * power (weight_denominator w) (N.sub L (num_factors (fst e))).

Definition witness_value (c : syzygy) (w : witness) : option (Z * Z) :=
  let K := fold_right (fun e n => N.max (term_order (fst e)) n) 0%N (terms c) in
  let L := fold_right (fun e n => N.max (num_factors (fst e)) n) 0%N (terms c) in
  match node_at (nodes w) (own_node w) with
  | None => None
  | Some y =>
      Some (fold_right (fun e total => term_value w y K L e + total) 0 (terms c),
        syzygy_denominator c * power (node_denominator w) K * power (weight_denominator w) L)
  end.

Definition check_witness (c : syzygy) (w : witness) : bool :=
  (0 <? node_denominator w) && (0 <? weight_denominator w)
  && forallb (fun z => Nat.eqb (length z) (syzygy_dim c)) (nodes w)
  && Nat.eqb (length (weights w)) (length (nodes w))
  && forallb (Z.ltb 0) (weights w)
  && (has_own (terms c) || (own_node w =? 0))
  && match witness_value c w with
     | None => false
     | Some (n, _) => negb (n =? 0)
     end.

Definition check_syzygy (c : syzygy) : bool :=
  (0 <? syzygy_denominator c) && N.ltb 0 (syzygy_points c)
  && well_formed (syzygy_dim c) (terms c)
  && nonzero (sorted_keys (terms c))
  && is_zero (expansion (Some (syzygy_points c)) (has_own (terms c)) (sorted_keys (terms c)))
  && match weighted_set c with None => true | Some w => check_witness c w end.

End PowerSums.
