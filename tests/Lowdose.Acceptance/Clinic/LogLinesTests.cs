using System.Text;
using Lowdose.Web.Layout;

namespace Lowdose.Acceptance.Clinic;

/// <summary>The log of requests, and somebody who does not read it.</summary>
public sealed class LogLinesTests
{
    [Fact]
    public void Lines_are_written_in_their_order_and_all_of_them_at_the_end()
    {
        using var to = new StringWriter();
        using (var lines = new LogLines(to))
        {
            for (var n = 0; n < 5_000; n++) lines.Add($"line {n}");
        }
        to.ToString().ShouldBe(string.Concat(Enumerable.Range(0, 5_000).Select(n => $"line {n}\n")));
    }

    [Fact]
    public void Nobody_waits_for_whoever_does_not_read_and_what_was_left_out_is_counted()
    {
        using var to = new Stuck();
        using (var lines = new LogLines(to))
        {
            lines.Add("first");
            to.Met.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            // 10,000 wait; 500 are too many.
            for (var n = 0; n < 10_500; n++) lines.Add("more");
            to.Reads.Set();
        }
        var said = to.Said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (said[0], said.Count(line => line == "more"), said.Count(line => line == """{"leftOut":500}""")).ShouldBe(("first", 10_000, 1));
    }

    [Fact]
    public void A_log_that_cannot_be_written_stops_nothing()
    {
        using var to = new Closed();
        using var lines = new LogLines(to);
        lines.Add("one");
        lines.Add("two");
        lines.Dispose();
        lines.Add("after the end");
    }

    private sealed class Stuck : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public ManualResetEventSlim Met { get; } = new();

        public ManualResetEventSlim Reads { get; } = new();

        public StringBuilder Said { get; } = new();

        public override void Write(string? value)
        {
            Met.Set();
            Reads.Wait(TimeSpan.FromSeconds(30));
            Said.Append(value);
        }
    }

    private sealed class Closed : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(string? value) => throw new IOException("nobody reads it");
    }
}
