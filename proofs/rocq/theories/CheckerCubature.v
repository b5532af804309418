(* A checker of cubature certificates: definitions only, made to be run.

   `CheckerCubatureSound` proves what it means that a certificate is accepted, in the
   words of Tchakaloff's theorem.  This file needs nothing but Coq's own integers and
   lists, so that it can be extracted to OCaml or run inside Rocq by `vm_compute`.

   A certificate names a source (nodes and weights), a degree, and a rule: the indices
   of some nodes, from 0, and a weight for each.  All numbers are integers over common
   denominators.
   - `check_exact c`        the rule has the moments of the source up to the degree;
   - `defect_of c`          the largest difference of these moments, relative to the
        mass and in coordinates that map the box of the nodes to [-1, 1]^dim, as a
        fraction; None if a weight is not positive, an index repeated, and so on;
   - `check_within c p q`   this defect is at most p / q.                          *)
Require Import ZArith List Bool.
Import ListNotations.
Local Open Scope Z_scope.

Module Cubature.

Record certificate := Certificate {
  dim : nat;
  degree : nat;
  point_denominator : Z;
  points : list (list Z);      (* one list of numerators a node *)
  source_denominator : Z;
  source_weights : list Z;     (* one a node *)
  support : list Z;
  rule_denominator : Z;
  rule_weights : list Z        (* one an index of the support *)
}.

(* The monomials in the entries of z of degree at most k, each by one product from
   another.  Their order is the same for all z of one length.                      *)
Fixpoint monomials (z : list Z) : nat -> list Z :=
  match z with
  | [] => fun _ => [1]
  | x :: z' =>
      fix up_to (k : nat) : list Z :=
        match k with
        | O => monomials z' O
        | S k' => monomials z' k ++ map (Z.mul x) (up_to k')
        end
  end.

Fixpoint add_multiple (c : Z) (u v : list Z) : list Z :=
  match u, v with
  | a :: u', b :: v' => c * a + b :: add_multiple c u' v'
  | _, _ => []
  end.

(* total + the sum over the points of weight * monomials, in one pass. *)
Fixpoint add_moments (k : nat) (total c : list Z) (p : list (list Z)) : list Z :=
  match c, p with
  | a :: c', z :: p' => add_moments k (add_multiple a (monomials z k) total) c' p'
  | _, _ => total
  end.

Definition moments (m k : nat) (c : list Z) (p : list (list Z)) : list Z :=
  add_moments k (map (fun _ => 0) (monomials (repeat 0 m) k)) c p.

Fixpoint same_length {A B : Type} (u : list A) (v : list B) : bool :=
  match u, v with
  | [], [] => true
  | _ :: u', _ :: v' => same_length u' v'
  | _, _ => false
  end.

Fixpoint distinct (s : list Z) : bool :=
  match s with
  | [] => true
  | i :: s' => negb (existsb (Z.eqb i) s') && distinct s'
  end.

Fixpoint node_at (p : list (list Z)) (i : Z) : option (list Z) :=
  match p with
  | [] => None
  | z :: p' => if i =? 0 then Some z else node_at p' (i - 1)
  end.

(* The nodes of the support; None if an index is not that of a node. *)
Fixpoint nodes_at (p : list (list Z)) (s : list Z) : option (list (list Z)) :=
  match s with
  | [] => Some []
  | i :: s' =>
      match node_at p i with
      | None => None
      | Some z => option_map (cons z) (nodes_at p s')
      end
  end.

Definition mass (c : list Z) : Z := fold_left Z.add c 0.

(* All that is asked but the moments. *)
Definition well_formed (c : certificate) : bool :=
  (0 <? point_denominator c) && (0 <? source_denominator c) && (0 <? rule_denominator c)
  && forallb (fun z => Nat.eqb (length z) (dim c)) (points c)
  && same_length (points c) (source_weights c)
  && forallb (Z.leb 0) (source_weights c)
  && (0 <? mass (source_weights c))
  && same_length (support c) (rule_weights c)
  && distinct (support c)
  && forallb (Z.ltb 0) (rule_weights c).

Fixpoint equal_multiples (a b : Z) (u v : list Z) : bool :=
  match u, v with
  | [], [] => true
  | x :: u', y :: v' => (a * x =? b * y) && equal_multiples a b u' v'
  | _, _ => false
  end.

Definition check_exact (c : certificate) : bool :=
  well_formed c &&
  match nodes_at (points c) (support c) with
  | None => false
  | Some kept =>
      equal_multiples (source_denominator c) (rule_denominator c)
        (moments (dim c) (degree c) (rule_weights c) kept)
        (moments (dim c) (degree c) (source_weights c) (points c))
  end.

(* The box of the nodes, axis by axis. *)
Fixpoint pairwise (f : Z -> Z -> Z) (u v : list Z) : list Z :=
  match u, v with
  | a :: u', b :: v' => f a b :: pairwise f u' v'
  | _, _ => []
  end.

Definition bounds (f : Z -> Z -> Z) (p : list (list Z)) : list Z :=
  match p with
  | [] => []
  | z :: p' => fold_left (pairwise f) p' z
  end.

(* Twice the distance from the centre of the box, and the width, of each axis: their
   quotient is the coordinate in [-1, 1].  An axis of width 0 gets width 1.          *)
Definition centred (low high z : list Z) : list Z :=
  pairwise Z.sub (pairwise Z.add z z) (pairwise Z.add low high).

Definition widths (low high : list Z) : list Z :=
  pairwise (fun a b => Z.max (b - a) 1) low high.

(* The largest of the fractions |a x - b y| / (d w), with x, y, w from the three lists. *)
Fixpoint largest (a b d : Z) (x y w : list Z) (top : Z * Z) : Z * Z :=
  match x, y, w with
  | x1 :: x', y1 :: y', w1 :: w' =>
      let p := Z.abs (a * x1 - b * y1) in
      largest a b d x' y' w'
        (if p =? 0 then top
         else let q := d * w1 in if fst top * q <? p * snd top then (p, q) else top)
  | _, _, _ => top
  end.

Definition defect_of (c : certificate) : option (Z * Z) :=
  if well_formed c then
    let low := bounds Z.min (points c) in
    let high := bounds Z.max (points c) in
    match nodes_at (points c) (support c) with
    | None => None
    | Some kept =>
        Some (largest (source_denominator c) (rule_denominator c)
          (rule_denominator c * mass (source_weights c))
          (moments (dim c) (degree c) (rule_weights c) (map (centred low high) kept))
          (moments (dim c) (degree c) (source_weights c)
             (map (centred low high) (points c)))
          (monomials (widths low high) (degree c)) (0, 1))
    end
  else None.

Definition check_within (c : certificate) (p q : Z) : bool :=
  (0 <? q) &&
  match defect_of c with
  | None => false
  | Some (a, b) => a * q <=? p * b
  end.

End Cubature.
