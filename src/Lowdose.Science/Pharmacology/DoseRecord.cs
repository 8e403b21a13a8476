namespace Lowdose.Science.Pharmacology;

/// <summary>
/// One record of what was given, with the meaning NONMEM gives to it.
/// Source: Beal, Sheiner, Boeckmann &amp; Bauer, NONMEM Users Guides, part IV and PREDPP; docs/methods/pharmacology.md.
/// </summary>
/// <param name="Subject">Whom it is about.</param>
/// <param name="TimeHours">When, in hours.</param>
/// <param name="Kind">EVID: 0 an observation, 1 a dose, 2 another event, 3 a reset, 4 a reset and a dose.</param>
/// <param name="Amount">AMT: how much, in the units of the model; 0 for a constant infusion to steady state.</param>
/// <param name="Compartment">CMT: the compartment's number, 1 the first.</param>
/// <param name="Rate">RATE: 0 at once, &gt; 0 amount per hour, −1 the rate and −2 the duration is a parameter of the model.</param>
/// <param name="IntervalHours">II: the time between doses, in hours.</param>
/// <param name="Additional">ADDL: how many more doses follow at that interval.</param>
/// <param name="SteadyState">SS: 0 no, 1 the state is that of endless earlier doses, 2 that is added to what is there.</param>
/// <param name="Changes">Parameters that have another value from this record on, by their index.</param>
/// <param name="Line">Its line in the file, for messages; 0 where there is none.</param>
public sealed record DoseRecord(
    string Subject, double TimeHours, int Kind, double Amount = 0, int Compartment = 1, double Rate = 0, double IntervalHours = 0, int Additional = 0, int SteadyState = 0,
    IReadOnlyDictionary<int, double>? Changes = null, int Line = 0);
