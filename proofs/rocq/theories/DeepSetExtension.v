(* What a deep-set function is worth on weighted objects depends on how it is written.

   Paper: assump:analytic_deepsets and Definition 2.
   Claim: deep-set-extension (refuted).

   Headline: `deep_set_extension_refuted`, at the end of the file.

   `deep_set h g w c` is h(sum over i of c_i g(w_i)) for objects w_i in F^m with weights
   c_i, where g has L components; h and g are polynomials here, hence analytic.  The
   function of d objects is `deep_set h g w (fun=> 1)`.

   For every d the sum f of w_i^(d+1) over i (first coordinates) is itself of that form
   and, by the FTSP, also a polynomial in the power sums of order at most d.  On weighted
   objects of total weight d the two values differ.                                  *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff TchakaloffTight ClosedForm FTSP WeightedSets.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition deep_set (F : realFieldType) (m L : nat) (h : {mpoly F[L]})
    (g : 'I_L -> {mpoly F[m]}) (I : finType) (w : I -> 'I_m -> F) (c : I -> F) : F :=
  h.@[fun l => \sum_i c i * (g l).@[w i]].

(* HEADLINE deep_set_extension_refuted : deep-set-extension : for all m, d >= 1 there are polynomials g, h1, h2 with h1(sum g(w_i)) = h2(sum g(w_i)) for all d objects of F^m, and positive weights c_j of total d on some objects with h1(sum c_j g(w_j)) <> h2(sum c_j g(w_j)). *)
Theorem deep_set_extension_refuted (F : realFieldType) (d m : nat) :
  (0 < d)%N -> (0 < m)%N ->
  exists (L : nat) (g : 'I_L -> {mpoly F[m]}) (h1 h2 : {mpoly F[L]}),
    (forall w : 'I_d -> 'I_m -> F, deep_set h1 g w (fun=> 1) = deep_set h2 g w (fun=> 1)) /\
    exists (I : finType) (w : I -> 'I_m -> F) (c : I -> F),
      [/\ forall i, 0 < c i, \sum_i c i = d%:R & deep_set h1 g w c != deep_set h2 g w c].
Proof.
case: m => // m d0 _; have dF : d%:R != 0 :> F by rewrite pnatr_eq0 -lt0n.
pose L := num_orders m.+1 d.+1; pose a := (U_(ord0 : 'I_m.+1) *+ d.+1)%MM.
have deg_a : mdeg a = d.+1 by rewrite mdegMn mdeg1 mul1n.
have [|ra raE] := @order_index_onto m.+1 d.+1 a; first by rewrite deg_a leqnn.
have embed (r : 'I_(num_orders m.+1 d)) : exists r', @order_index m.+1 d.+1 r' == order_index r.
  case/andP: (order_index_bounds r) => r0 le_r.
  have [|r' rE] := @order_index_onto m.+1 d.+1 (order_index r); first by rewrite r0 leqW.
  by exists r'; rewrite rE.
pose e r := xchoose (embed r).
have eE r : order_index (e r) = order_index r by apply/eqP/(xchooseP (embed r)).
have [P PE] : generated d (mean_power F d a).
  by have := generated_high_order d (char_num F) a; rewrite deg_a (minn_idPl (leqnSn d)).
pose g (r : 'I_L) : {mpoly F[m.+1]} := 'X_[order_index r].
pose h2 : {mpoly F[L]} := d%:R *: (P \mPo [tuple d%:R^-1 *: 'X_(e r) | r < num_orders m.+1 d]).
have h2E v : h2.@[v] = d%:R * P.@[fun r => d%:R^-1 * v (e r)].
  rewrite mevalZ comp_mpoly_meval; congr (_ * _); apply: meval_eq => r.
  by rewrite tnth_mktuple mevalZ mevalXU.
have gE (I : finType) (w : I -> 'I_m.+1 -> F) c r :
    \sum_i c i * (g r).@[w i] = moment w c (order_index r).
  by apply: eq_bigr => i _; rewrite mevalX.
exists L, g, 'X_ra, h2; split=> [w|].
  rewrite /deep_set h2E mevalXU gE raE.
  have := congr1 (at_points w) PE; rewrite at_points_in_moments at_points_mean_power.
  move/(canRL (mulVKf dF)) ->; congr (_ * _).
  by apply: meval_eq => r; rewrite gE eE.
have R0 : 'X_ra - h2 != 0.
  pose v (l : 'I_L) : F := if l == ra then h2.@[fun=> 0] + 1 else 0.
  apply/eqP=> /(congr1 (meval v)); rewrite mevalB meval0 mevalXU {1}/v eqxx.
  have -> : h2.@[v] = h2.@[fun=> 0].
    rewrite !h2E; congr (_ * _); apply: meval_eq => r; congr (_ * _); rewrite /v.
    case: eqP => // er; case/andP: (order_index_bounds r) => _.
    by rewrite -eE er raE deg_a ltnn.
  by rewrite addrAC subrr add0r; apply/eqP/oner_neq0.
have dpos : 0 < d%:R :> F by rewrite ltr0n.
have [c [c0 cW cR]] := nonzero_on_weighted_sets R0 dpos (oner_neq0 F).
exists [finType of 'X_{1..m.+1 < d.+2}], (@lattice F m.+1 d.+1), c; split=> //.
rewrite -subr_eq0; apply: contraNneq cR => cR; rewrite mevalB -cR /deep_set.
by apply/eqP; congr (_ - _); apply: meval_eq => r; rewrite gE mul1r.
Qed.
