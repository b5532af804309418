(* How a weighted network must be trained to follow its original: every sum over
   objects is weighted (paper: remark after thm:DLTH, repaired; claim
   weighted-statistics-rule).

   A training rule is a list of instructions.  Objects hold their parameters,
   their optimiser state and their gradient; shared quantities are kept aside.
   - `Each f`        every object is changed, by itself and the shared quantities;
   - `Share f`       the shared quantities are changed by themselves;
   - `Sum f g`       the sum of f over the objects goes into the shared quantities;
   - `Mean f g`      the same with the mean;
   - `Number g`      the same with the number of objects;
   - `Gradient f own store`  the gradient of a loss l(sum of f over the objects) goes
                     into every object; `own s w y` is Df(w)^T applied to l' at y;
   - `Factor phi r f`  one row r(object) of a matrix M per object; every object is
       changed by its row of phi(M M^T) M (as Muon and Shampoo do).
   `run` executes them on plain objects.  `weighted_run` executes them on objects
   of weight c_j: the sum of f is sum_j c_j f_j, the number of objects sum_j c_j,
   the mean their quotient, the gradient c_j^-1 dL/dw_j, and the factor
   C^(-1/2) phi(C^(1/2) M M^T C^(1/2)) C^(1/2) M with C = diag(c).  If the c_j are
   positive whole numbers, the weighted run equals the plain run on c_j copies of
   each object, whichever way these are numbered.

   The loss is a function l of a sum over the objects, the network's outputs; by the
   chain rule dL/dw_j is c_j times `own` at the weighted sum (`scaled_gradient` shows
   it for polynomials), and 1 times `own` in the plain system.

   Functions phi of symmetric matrices act, on any two matrices, as one polynomial
   (interpolation on the eigenvalues); `matrix_function phi` asks just that.

   Headline: weighted_training.  A list of instructions may hold any number of
   training steps, different ones too.  An example, clipping by the norm of all
   gradients, is at the end of RefutedInverseWeights.v.                       *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* Polynomials of square matrices of any size. *)
Section MatrixFunctions.
Variable R : comRingType.

Definition matrix_power N (A : 'M[R]_N) (i : nat) : 'M[R]_N := iter i (mulmx A) 1%:M.

Definition matrix_polynomial (p : {poly R}) N (A : 'M[R]_N) : 'M[R]_N :=
  \sum_(i < size p) p`_i *: matrix_power A i.

Definition matrix_function (phi : forall N, 'M[R]_N -> 'M[R]_N) : Prop :=
  forall N N' (A : 'M[R]_N) (B : 'M[R]_N'), A^T = A -> B^T = B ->
  exists p : {poly R}, phi N A = matrix_polynomial p A /\ phi N' B = matrix_polynomial p B.

Lemma polynomial_matrix_function p : matrix_function (matrix_polynomial p).
Proof. by move=> N N' A B _ _; exists p. Qed.

Lemma matrix_polynomial_intertwine p N N' (X : 'M[R]_N) (Y : 'M[R]_(N, N'))
    (Z : 'M[R]_N') :
  X *m Y = Y *m Z -> matrix_polynomial p X *m Y = Y *m matrix_polynomial p Z.
Proof.
move=> XY; rewrite mulmx_suml mulmx_sumr; apply: eq_bigr => i _.
rewrite -scalemxAl -scalemxAr; congr (_ *: _); rewrite /matrix_power.
elim: (i : nat) => [|n IHn] /=; first by rewrite mul1mx mulmx1.
by rewrite -mulmxA IHn !mulmxA XY.
Qed.
End MatrixFunctions.

(* The gradient of a loss of sums, along one coordinate t of object j: the sum is
   a + c g(t) with a from the other objects.                                  *)
Lemma scaled_gradient (F : fieldType) (l g : {poly F}) (a c t : F) : c != 0 ->
  c^-1 * (l \Po (a%:P + c *: g))^`().[t] = l^`().[a + c * g.[t]] * g^`().[t].
Proof.
move=> c0; rewrite deriv_comp derivD derivC add0r derivZ hornerM horner_comp.
by rewrite hornerD hornerC !hornerZ mulrCA mulKf.
Qed.

Section Training.
Variables (R : rcfType) (Object Shared : Type).

Inductive instruction : Type :=
| Each of Shared -> Object -> Object
| Share of Shared -> Shared
| Sum (V : lmodType R) of Shared -> Object -> V & Shared -> V -> Shared
| Mean (V : lmodType R) of Shared -> Object -> V & Shared -> V -> Shared
| Number of Shared -> R -> Shared
| Gradient (V U : lmodType R) of
    Shared -> Object -> V & Shared -> Object -> V -> U & Shared -> Object -> U -> Object
| Factor (n : nat) (phi : forall N, 'M[R]_N -> 'M[R]_N) of
    matrix_function phi & Shared -> Object -> 'rV[R]_n & Shared -> Object -> 'rV[R]_n -> Object.

(* The matrix with one row per object. *)
Definition rows (I : finType) n (row : I -> 'rV[R]_n) : 'M[R]_(#|I|, n) :=
  \matrix_(i < #|I|) row (enum_val i).

Definition system (I : finType) : Type := (Shared * (I -> Object))%type.

Definition step (I : finType) (x : instruction) (sys : system I) : system I :=
  let: (s, w) := sys in
  match x with
  | Each f => (s, fun i => f s (w i))
  | Share f => (f s, w)
  | Sum _ f g => (g s (\sum_i f s (w i)), w)
  | Mean _ f g => (g s (#|I|%:R^-1 *: \sum_i f s (w i)), w)
  | Number g => (g s #|I|%:R, w)
  | Gradient _ _ f own store =>
      (s, fun i => store s (w i) (own s (w i) (\sum_l f s (w l))))
  | Factor n phi _ r f =>
      let M := rows (fun i => r s (w i)) in
      let factor := phi _ (M *m M^T) *m M in
      (s, fun i => f s (w i) (row (enum_rank i) factor))
  end.

Definition weighted_step (J : finType) (c : J -> R) (x : instruction) (sys : system J) :
    system J :=
  let: (s, w) := sys in
  match x with
  | Each f => (s, fun j => f s (w j))
  | Share f => (f s, w)
  | Sum _ f g => (g s (\sum_j c j *: f s (w j)), w)
  | Mean _ f g => (g s ((\sum_j c j)^-1 *: \sum_j c j *: f s (w j)), w)
  | Number g => (g s (\sum_j c j), w)
  | Gradient _ _ f own store =>
      let gradient j := c j *: own s (w j) (\sum_l c l *: f s (w l)) in
      (s, fun j => store s (w j) ((c j)^-1 *: gradient j))
  | Factor n phi _ r f =>
      let M := rows (fun j => r s (w j)) in
      let root := diag_mx (\row_j Num.sqrt (c (enum_val j))) in
      let unroot := diag_mx (\row_j (Num.sqrt (c (enum_val j)))^-1) in
      let factor := unroot *m phi _ (root *m M *m M^T *m root) *m root *m M in
      (s, fun j => f s (w j) (row (enum_rank j) factor))
  end.

Definition run (I : finType) (rule : seq instruction) (sys : system I) : system I :=
  foldl (fun sys x => step x sys) sys rule.

Definition weighted_run (J : finType) (c : J -> R) (rule : seq instruction)
    (sys : system J) : system J :=
  foldl (fun sys x => weighted_step c x sys) sys rule.

(* Object i of the plain system is a copy of the weighted object original i. *)
Section Copies.
Variables (I J : finType) (original : I -> J) (copies : J -> nat).
Hypothesis copies_gt0 : forall j, (0 < copies j)%N.
Hypothesis num : forall j, #|[set i | original i == j]| = copies j.
Let c j : R := (copies j)%:R.

Definition follows (sys : system I) (wsys : system J) : Prop :=
  sys.1 = wsys.1 /\ forall i, sys.2 i = wsys.2 (original i).

Lemma sum_copies (V : lmodType R) (f : J -> V) :
  \sum_i f (original i) = \sum_j c j *: f j.
Proof.
rewrite (partition_big original xpredT) //=; apply: eq_bigr => j _.
rewrite (eq_bigr (fun=> f j)) => [|i /eqP-> //].
by rewrite sumr_const /c -num cardsE scaler_nat.
Qed.

Lemma number_copies : #|I|%:R = \sum_j c j.
Proof.
have := sum_copies (fun=> 1 : R^o); rewrite sumr_const => ->.
by apply: eq_bigr => j _; rewrite [_ *: _]mulr1.
Qed.

(* Duplication of rows. *)
Let D : 'M[R]_(#|I|, #|J|) := \matrix_(i, j) (original (enum_val i) == enum_val j)%:R.

Lemma duplicate_rows n (r : J -> 'rV[R]_n) :
  rows (fun i => r (original i)) = D *m rows r.
Proof.
apply/matrixP=> i a; rewrite !mxE (bigD1 (enum_rank (original (enum_val i)))) //=.
rewrite !mxE enum_rankK eqxx mul1r big1 ?addr0 // => j ne; rewrite !mxE.
case: eqP => [E|]; last by rewrite mul0r.
by move: ne; rewrite E enum_valK eqxx.
Qed.

Let C : 'M[R]_#|J| := diag_mx (\row_j c (enum_val j)).

Lemma gram_duplication : D^T *m D = C.
Proof.
apply/matrixP=> j l; rewrite !mxE.
under eq_bigr => i _ do rewrite !mxE -natrM mulnb.
rewrite -natr_sum; have [->|ne] := eqVneq j l; last first.
  rewrite mulr0n big1 // => i _; case: andP => // -[/eqP-> /eqP/enum_val_inj jl].
  by rewrite jl eqxx in ne.
rewrite mulr1n /c -num -sum1dep_card; congr (_%:R).
rewrite [RHS](reindex (fun i : 'I_#|I| => enum_val i)) /=; last first.
  by exists enum_rank => i _; rewrite ?enum_valK ?enum_rankK.
by rewrite [RHS]big_mkcond; apply: eq_bigr => i _; rewrite andbb; case: (_ == _).
Qed.

Lemma factor_copies (phi : forall N, 'M[R]_N -> 'M[R]_N) n (M : 'M[R]_(#|J|, n)) :
  matrix_function phi ->
  let root := diag_mx (\row_j Num.sqrt (c (enum_val j))) in
  let unroot := diag_mx (\row_j (Num.sqrt (c (enum_val j)))^-1) in
  phi _ (D *m M *m (D *m M)^T) *m (D *m M) =
  D *m (unroot *m phi _ (root *m M *m M^T *m root) *m root *m M).
Proof.
move=> phiP root unroot.
have root_sym : root^T = root by rewrite tr_diag_mx.
have root2 : root *m root = C.
  rewrite mulmx_diag; congr diag_mx; apply/rowP=> j; rewrite !mxE -expr2 sqr_sqrtr //.
  exact: ler0n.
have unrootK : unroot *m root = 1%:M.
  rewrite mulmx_diag -diag_const_mx; congr diag_mx; apply/rowP=> j; rewrite !mxE mulVf //.
  by rewrite sqrtr_eq0 -ltNge ltr0n.
have sym1 : (D *m M *m (D *m M)^T)^T = D *m M *m (D *m M)^T.
  by rewrite trmx_mul trmxK.
have sym2 : (root *m M *m M^T *m root)^T = root *m M *m M^T *m root.
  by rewrite !trmx_mul trmxK root_sym !mulmxA.
have [p [-> ->]] := phiP _ _ _ _ sym1 sym2.
pose A := M *m M^T *m C.
have E1 : D *m M *m (D *m M)^T *m D = D *m A.
  by rewrite trmx_mul /A -gram_duplication !mulmxA.
have E2 : root *m M *m M^T *m root *m root = root *m A.
  by rewrite /A -root2 !mulmxA.
have {}E1 := matrix_polynomial_intertwine p E1.
have {}E2 := matrix_polynomial_intertwine p E2.
set P1 := matrix_polynomial p (D *m _ *m _) in E1 *.
set P2 := matrix_polynomial p (root *m _ *m _ *m _) in E2 *.
rewrite mulmxA E1 -!mulmxA; congr (_ *m _).
by rewrite (mulmxA P2) E2 !mulmxA unrootK mul1mx.
Qed.

Lemma step_follows x sys wsys : follows sys wsys ->
  follows (step x sys) (weighted_step c x wsys).
Proof.
case: sys wsys => s w [s' w'] [/= <- ww].
have sumE (V : lmodType R) (f : Object -> V) :
    \sum_i f (w i) = \sum_j c j *: f (w' j).
  by rewrite -(sum_copies (fun j => f (w' j))); apply: eq_bigr => i _; rewrite ww.
case: x => [f|f|V f g|V f g|g|V U f own store|n phi phiP r f]; split=> //=.
- by move=> i; rewrite ww.
- by rewrite sumE.
- by rewrite sumE number_copies.
- by rewrite number_copies.
- move=> i; rewrite ww sumE scalerA mulVf ?scale1r //.
  by rewrite /c pnatr_eq0 -lt0n.
- move=> i; rewrite ww; congr (f s _ _).
  have -> : rows (fun i => r s (w i)) = D *m rows (fun j => r s (w' j)).
    by rewrite -duplicate_rows; apply/matrixP=> l a; rewrite !mxE ww.
  rewrite factor_copies //; set X := _ *m rows _.
  apply/rowP=> a; rewrite !mxE (bigD1 (enum_rank (original i))) //= big1.
    by rewrite !mxE !enum_rankK eqxx mul1r addr0.
  move=> j ne; rewrite !mxE enum_rankK; case: eqP => [E|]; last by rewrite mul0r.
  by move: ne; rewrite E enum_valK eqxx.
Qed.

(* HEADLINE weighted_training : weighted-statistics-rule : for a rule made of maps of single objects, gradients of a loss of sums, sums, means and numbers of objects, functions of shared quantities and factors phi(M M^T) M, the weighted run, with gradients divided by the weights, equals for positive integer weights the plain run on that many copies of each object *)
Theorem weighted_training (rule : seq instruction) (s : Shared) (w : J -> Object) :
  follows (run rule (s, fun i => w (original i))) (weighted_run c rule (s, w)).
Proof.
have: follows (s, fun i => w (original i)) (s, w) by [].
rewrite /run /weighted_run; elim: rule (s, _) (s, w) => //= x rule IHrule sys wsys.
by move=> /(step_follows x); exact: IHrule.
Qed.
End Copies.
End Training.
