(* A checker of level-set certificates: definitions only, made to be run.

   `CheckerLevelSetSound` proves what it means that a certificate is accepted.  This file
   needs nothing but Coq's own integers and lists.

   A certificate names a polynomial p by its coefficients, breakpoints of an interval, a
   level, pieces of the interval, and a point of it, the peak.  On an interval [a, b] the
   checker writes p as a form in s = 1 - t and t with x = s a + t b; the coefficients of
   this form, divided by binomial coefficients, are Bernstein's, and bound p.
   - `check c`   |p| <= 1 on the interval by the coefficients between any two
        breakpoints, |p| = 1 at the peak, and |p| <= level on the pieces likewise;
   - `share c`   the part of the interval that the pieces take, as a fraction.       *)
Require Import ZArith List Bool.
Import ListNotations.
Local Open Scope Z_scope.

Module LevelSet.

Record certificate := Certificate {
  coefficient_denominator : Z;
  coefficients : list Z;           (* of 1, x, x^2, ... *)
  domain_denominator : Z;
  domain : list Z;                 (* increasing *)
  level : Z * Z;                   (* numerator, denominator *)
  peak : Z * Z;
  pieces : list (Z * Z * Z)        (* lower end, upper end, their denominator *)
}.

(* The form with coefficients l of s^n, s^(n-1) t, ..., t^n, times a s + b t. *)
Fixpoint push (a b last : Z) (l : list Z) : list Z :=
  match l with
  | [] => [b * last]
  | x :: l' => a * x + b * last :: push a b x l'
  end.

Definition times_linear (a b : Z) (l : list Z) : list Z := push a b 0 l.

Fixpoint add_multiple (c : Z) (u v : list Z) : list Z :=
  match u, v with
  | x :: u', y :: v' => c * x + y :: add_multiple c u' v'
  | _, _ => []
  end.

(* The forms sum_i c_i (a s + b t)^i (q (s + t))^(n - i) and (q (s + t))^n. *)
Fixpoint forms (a b q : Z) (c : list Z) : list Z * list Z :=
  match c with
  | [] => ([], [])
  | [x] => ([x], [1])
  | x :: c' =>
      let (form, powers) := forms a b q c' in
      let powers' := times_linear q q powers in
      (add_multiple x powers' (times_linear a b form), powers')
  end.

Fixpoint below (x y : Z) (u v : list Z) : bool :=
  match u, v with
  | [], [] => true
  | f :: u', g :: v' => (Z.abs f * x <=? y * g) && below x y u' v'
  | _, _ => false
  end.

(* |p| <= height on [a / q, b / q]. *)
Definition bounded (c : certificate) (height : Z * Z) (a b q : Z) : bool :=
  let (form, powers) := forms a b q (coefficients c) in
  below (snd height) (fst height * coefficient_denominator c) form powers.

Fixpoint bounded_between (c : certificate) (a : Z) (rest : list Z) : bool :=
  match rest with
  | [] => true
  | b :: rest' =>
      (a <? b) && bounded c (1, 1) a b (domain_denominator c) && bounded_between c b rest'
  end.

(* sum_i c_i x^i y^(n - i) and y^n. *)
Fixpoint value (x y : Z) (c : list Z) : Z * Z :=
  match c with
  | [] => (0, 1)
  | [z] => (z, 1)
  | z :: c' => let (v, power) := value x y c' in (z * (y * power) + x * v, y * power)
  end.

Definition first (c : certificate) : Z := hd 0 (domain c).
Definition last_end (c : certificate) : Z := last (domain c) 0.

Definition piece_inside (c : certificate) (piece : Z * Z * Z) : bool :=
  let '(a, b, q) := piece in
  (0 <? q) && (a <? b) && (first c * q <=? a * domain_denominator c)
  && (b * domain_denominator c <=? last_end c * q) && bounded c (level c) a b q.

Fixpoint in_order (pieces : list (Z * Z * Z)) : bool :=
  match pieces with
  | (_, b, q) :: (((a', _, q') :: _) as rest) => (b * q' <=? a' * q) && in_order rest
  | _ => true
  end.

Definition check (c : certificate) : bool :=
  (0 <? coefficient_denominator c) && (0 <? domain_denominator c)
  && (0 <? snd (level c)) && (0 <? snd (peak c))
  && negb (last (coefficients c) 0 =? 0)
  && (first c <? last_end c)
  && bounded_between c (first c) (tl (domain c))
  && (first c * snd (peak c) <=? fst (peak c) * domain_denominator c)
  && (fst (peak c) * domain_denominator c <=? last_end c * snd (peak c))
  && (let (v, power) := value (fst (peak c)) (snd (peak c)) (coefficients c) in
      Z.abs v =? coefficient_denominator c * power)
  && forallb (piece_inside c) (pieces c)
  && in_order (pieces c).

Fixpoint total_length (pieces : list (Z * Z * Z)) : Z * Z :=
  match pieces with
  | [] => (0, 1)
  | (a, b, q) :: rest => let (n, d) := total_length rest in (n * q + (b - a) * d, d * q)
  end.

Definition share (c : certificate) : Z * Z :=
  let (n, d) := total_length (pieces c) in
  (n * domain_denominator c, d * (last_end c - first c)).

End LevelSet.
