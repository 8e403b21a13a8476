namespace Lowdose.Science.Pharmacology;

/// <summary>What of a dose arrives in one compartment.</summary>
/// <param name="Compartment">Where, 0 the first.</param>
/// <param name="Amount">How much, bioavailability counted; of a constant infusion 0.</param>
/// <param name="LagHours">How long after the record.</param>
/// <param name="Rate">How much an hour; 0 at once.</param>
/// <param name="DurationHours">For how long; 0 at once.</param>
internal readonly record struct Arrival(int Compartment, double Amount, double LagHours, double Rate, double DurationHours)
{
    /// <summary>The arrivals of a dose, in its own compartment and in those dosed with it.</summary>
    /// <exception cref="Refused">A parameter makes it impossible.</exception>
    public static void Of(CompartmentModel model, DoseRecord record, double[] own, List<Arrival> into)
    {
        into.Clear();
        var dosed = Math.Max(record.Compartment, 1) - 1;
        for (var c = 0; c < model.Compartments.Count; c++)
        {
            if (c != dosed && model.Compartments[c].DosedWith != dosed) continue;
            var arrival = In(model, record, own, c, dosed);
            if (arrival.Amount > 0 || arrival.Rate > 0) into.Add(arrival);
        }
    }

    private static Arrival In(CompartmentModel model, DoseRecord record, double[] own, int c, int dosed)
    {
        var (compartment, source) = (model.Compartments[c], model.Compartments[dosed]);
        double Value(int? parameter, double otherwise, string what, bool above)
        {
            if (parameter is not { } p) return otherwise;
            return own[p] >= 0 && (!above || own[p] > 0) ? own[p]
                : throw new Refused(record, FormattableString.Invariant($"the {what} {compartment.Name}, {model.Parameters[p].Name}, is {own[p]:G6}"), above ? "give one above 0" : "give 0 or more");
        }
        var share = Value(compartment.Bioavailability, 1, "bioavailability of", above: false);
        var lag = Value(compartment.LagHours, 0, "lag of", above: false);
        var amount = share * record.Amount;
        var rate = record.Rate;
        double duration = 0;
        switch (rate)
        {
            case -2:
                duration = Value(compartment.DurationHours ?? source.DurationHours ?? throw Unknown("duration"), 0, "duration of an infusion into", above: true);
                rate = amount / duration;
                break;
            case -1:
                rate = Value(compartment.Rate ?? source.Rate ?? throw Unknown("rate"), 0, "rate of an infusion into", above: true);
                duration = amount / rate;
                break;
            case > 0:
                duration = amount / rate;
                break;
        }
        // What does not arrive at all is no infusion of nothing.
        if (share == 0) rate = 0;
        return double.IsFinite(amount) && double.IsFinite(rate) && double.IsFinite(duration) ? new(c, amount, lag, rate, duration)
            : throw new Refused(record, "the dose is too large to be counted", "give a smaller amount or another rate");

        Refused Unknown(string what) => new(record, FormattableString.Invariant($"{compartment.Name} has no modelled {what}, and RATE is {record.Rate:0}"), "give a RATE above 0 or another compartment");
    }
}
