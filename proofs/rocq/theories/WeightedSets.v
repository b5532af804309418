(* Polynomials in the moments are told apart by weighted sets of points.

   Used for the claims deep-set-extension and compressed-dynamics-uniqueness; no claim
   of its own.

   Main result: `nonzero_on_weighted_sets`.  Let R <> 0 be a polynomial with one variable
   for each multi-index of order 1, ..., D, and W > 0.  Some positive weights of total W
   on the principal lattice have moments (times any fixed number s <> 0) at which R is
   not 0.

   `at_points w f` is the value of the polynomial f at the points w_1, ..., w_d, and
   `at_points_in_moments` says that there the moments of FTSP.v are those of Tchakaloff.v.

   So a relation that the moments of d points satisfy fails on weighted points of total
   weight d, unless it is the zero polynomial.                                      *)
From mathcomp Require Import all_ssreflect all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff TchakaloffTight ClosedForm FTSP.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Values.
Variables (F : realFieldType) (d m : nat) (w : 'I_d -> 'I_m -> F).

Definition at_points (f : {mpoly F[num_coords d m]}) : F :=
  f.@[fun r => w (enum_val r).1 (enum_val r).2].

Lemma at_points_mean_power a :
  at_points (mean_power F d a) = d%:R^-1 * moment w (fun=> 1) a.
Proof.
rewrite /at_points mevalZ raddf_sum; congr (_ * _); apply: eq_bigr => i _ /=.
rewrite mul1r rmorph_prod; apply: eq_bigr => j _ /=.
by rewrite rmorphX /= mevalXU enum_rankK.
Qed.

Lemma at_points_in_moments D (P : {mpoly F[num_orders m D]}) :
  at_points (in_moments P (@mean_power F d m)) =
  P.@[fun r => d%:R^-1 * moment w (fun=> 1) (order_index r)].
Proof.
rewrite /at_points comp_mpoly_meval; apply: meval_eq => r.
by rewrite tnth_mktuple -at_points_mean_power.
Qed.
End Values.

Section Line.
Variables (F : realFieldType) (G : nat) (R : {mpoly F[G]}).

(* R along the line from y0 to y1. *)
Definition along (y0 y1 : 'I_G -> F) : {poly F} :=
  mmap polyC (fun r => (y0 r)%:P + 'X * (y1 r - y0 r)%:P) R.

Lemma along_value y0 y1 t : (along y0 y1).[t] = R.@[fun r => y0 r + t * (y1 r - y0 r)].
Proof.
rewrite /along /mmap horner_sum mevalE; apply: eq_bigr => M _.
rewrite hornerM hornerC /mmap1 horner_prod; congr (_ * _); apply: eq_bigr => r _.
by rewrite horner_exp hornerD hornerC hornerM hornerX hornerC.
Qed.

Lemma nonzero_value : R != 0 -> exists y : 'I_G -> F, R.@[y] != 0.
Proof.
move=> R0; pose k := msize R; pose P (a : 'X_{1..G < k.+1}) := R.@[lattice F a] != 0.
have [/existsP[a Ra]|] := boolP [exists a, P a]; first by exists (lattice F a).
rewrite negb_exists => /forallP vanish; case/eqP: R0.
apply: (@lattice_unisolvent F G k R) => // a.
by apply/eqP; have := vanish a; rewrite negbK.
Qed.

Lemma nonroot_below (q : {poly F}) e : q != 0 -> 0 < e ->
  exists t, [/\ 0 < t, t <= e & q.[t] != 0].
Proof.
move=> q0 e0; pose ts := [seq e / j.+1%:R | j <- iota 0 (size q)].
have [/allP roots|/allPn[_ /mapP[j _ ->] root_j]] := boolP (all (root q) ts).
  have := max_poly_roots q0 _ _; rewrite -/(is_true _) => /(_ ts); rewrite size_map size_iota.
  rewrite ltnn => absurd; suff : false by []; apply: absurd; first exact/allP.
  rewrite map_inj_uniq ?iota_uniq // => i j /(mulfI (lt0r_neq0 e0))/invr_inj/eqP.
  by rewrite eqr_nat => /eqP[].
exists (e / j.+1%:R); split=> //; first by rewrite divr_gt0 ?ltr0Sn.
by rewrite ler_pdivr_mulr ?ltr0Sn // ler_pmulr // ler1n.
Qed.
End Line.

Theorem nonzero_on_weighted_sets (F : realFieldType) (m D : nat)
    (R : {mpoly F[num_orders m D]}) (W s : F) : R != 0 -> 0 < W -> s != 0 ->
  exists c : 'X_{1..m < D.+1} -> F,
    [/\ forall a, 0 < c a, \sum_a c a = W
      & R.@[fun r => s * moment (@lattice F m D) c (order_index r)] != 0].
Proof.
move=> R0 W0 s0; have [y Ry] := nonzero_value R0.
pose index := 'X_{1..m < D.+1}; pose mu := moment (@lattice F m D).
pose target (a : 'X_{1..m}) :=
  if [pick r | order_index r == a] is Some r then y r / s else W.
have [c1 c1E] := lattice_moments_onto D target.
have c1y r : s * mu c1 (order_index r) = y r.
  rewrite /mu c1E /target; last by case/andP: (order_index_bounds r).
  case: pickP => [r' /eqP/order_index_inj ->|/(_ r)]; last by rewrite eqxx.
  by rewrite mulrC divfK.
have c1W : \sum_a c1 a = W.
  rewrite -(moment0 (@lattice F m D)) c1E ?mdeg0 // /target.
  case: pickP => // r /eqP r0; have := order_index_bounds r.
  by rewrite r0 mdeg0.
have lt0 : (mdeg (0%MM : 'X_{1..m}) < D.+1)%N by rewrite mdeg0.
have N0 : 0 < #|{: index}|%:R :> F by rewrite ltr0n; apply/card_gt0P; exists (BMultinom lt0).
pose c0 : index -> F := fun=> W / #|{: index}|%:R.
have c0W : \sum_a c0 a = W.
  by rewrite sumr_const -[LHS]mulr_natr divfK // gt_eqF.
have c0_gt0 : 0 < W / #|{: index}|%:R by rewrite divr_gt0.
pose B := 1 + \sum_a `|c1 a - c0 a|.
have B0 : 0 < B by rewrite ltr_paddr ?sumr_ge0.
have B1 a : `|c1 a - c0 a| < B.
  by rewrite /B (bigD1 a) //= addrCA ltr_addl ltr_paddr ?sumr_ge0.
pose q := along R (fun r => s * mu c0 (order_index r)) y.
have q1 : q.[1] != 0.
  by rewrite along_value; under meval_eq => r do rewrite mul1r addrC subrK.
have q0 : q != 0 by apply: contraNneq q1 => ->; rewrite horner0.
have [t [t0 le_t qt]] := nonroot_below q0 (divr_gt0 c0_gt0 B0).
exists (fun a => c0 a + t * (c1 a - c0 a)); split=> [a||].
- have : t * `|c1 a - c0 a| < W / #|{: index}|%:R.
    rewrite (le_lt_trans (ler_wpmul2r (normr_ge0 _) le_t)) //.
    by rewrite -[X in _ < X](divfK (lt0r_neq0 B0)) ltr_pmul2l ?divr_gt0.
  rewrite -[t in t * `|_|](gtr0_norm t0) -normrM ltr_norml => /andP[+ _].
  by rewrite -subr_gt0 opprK addrC.
- by rewrite big_split c0W /= -mulr_sumr sumrB c1W c0W subrr mulr0 addr0.
- rewrite along_value in qt; apply: contraNneq qt => <-; apply/eqP/meval_eq => r.
  rewrite -/mu -c1y -mulrBr mulrCA -mulrDr; congr (_ * _).
  rewrite /mu /moment -sumrB mulr_sumr -big_split; apply: eq_bigr => a _ /=.
  by rewrite -mulrBl mulrA -mulrDl.
Qed.
