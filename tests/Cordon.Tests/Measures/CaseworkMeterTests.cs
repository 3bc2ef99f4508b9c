using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using CsCheck;

namespace Cordon.Tests.Measures;

/// <summary>What records of casework count as, told in whatever order.</summary>
public sealed class CaseworkMeterTests
{
    private const string Duty = "cn.atf.20.timely-unfreeze";
    private static readonly MemberCode Police = MemberCode.Parse("police-a");
    private static readonly Instant Start = Instant.From(DateTimeOffset.Parse("2026-03-02T04:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private static readonly TimeSpan Term = TimeSpan.FromHours(72);
    private static readonly ControlPlan Plan = ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn);

    /// <summary>An appeal: hours from the start until it came, was decided, and its order ended; null where that never was.</summary>
    private static readonly Gen<(int At, int? Done, int? Ended)> Appeals =
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 200].Nullable(), Gen.Int[0, 200].Nullable()).Select((at, done, ended) => (at, at + done, at + ended));

    [Theory]
    [InlineData(71, 72, false)]
    [InlineData(72, 73, false)]
    [InlineData(73, 73, true)]
    public void Decided_within_its_hours_it_is_kept_and_not_known_before(int decided, int asked, bool fault)
    {
        var board = Board();
        board.Take(Appeal(0, 0, decided, null, int.MaxValue), Start + TimeSpan.FromHours(asked));
        Assert.Equal((1L, fault ? 1L : 0), Counted(board));
    }

    [Fact]
    public void What_ended_by_itself_before_its_hours_were_over_counts_as_nothing_and_silence_is_a_fault()
    {
        var board = Board();
        board.Take(Appeal(1, 0, null, 71, int.MaxValue), Start + Term);
        board.Take(Appeal(2, 0, null, null, int.MaxValue), Start);
        Assert.Equal((0L, 0L), Counted(board));
        board.Advance(Start + Term);
        Assert.Equal((0L, 0L), Counted(board));
        board.Advance(Start + Term + TimeSpan.FromSeconds(1));
        Assert.Equal((1L, 1L), Counted(board));
        Assert.Equal(["appeal:A-2"], board.Faults(new ControlSubject(Duty, Police, null), Start, Instant.Max, 10));
    }

    [Fact]
    public void However_often_and_in_whatever_order_it_is_told_the_figures_are_those_of_a_slow_count()
    {
        Gen.Select(Appeals.Array[1, 12], Gen.Int[0, 700].Array[1, 8], Gen.Int[0, 1_000_000]).Sample((appeals, looks, seed) =>
        {
            var board = Board();
            var dice = new Random(seed);
            foreach (var look in looks.Order())
                foreach (var n in Enumerable.Range(0, appeals.Length).Where(n => appeals[n].At <= look).OrderBy(_ => dice.Next()))
                {
                    var now = Start + TimeSpan.FromHours(look);
                    board.Advance(now);
                    if (dice.Next(3) > 0 || look == looks.Max()) board.Take(Appeal(n, appeals[n].At, appeals[n].Done, appeals[n].Ended, look), now);
                }
            var end = looks.Max();
            board.Advance(Start + TimeSpan.FromHours(end));
            Assert.Equal(Slowly(appeals, end), Counted(board));
        });
    }

    private static (long Occasions, long Faults) Slowly((int At, int? Done, int? Ended)[] appeals, int now)
    {
        var (occasions, faults) = (0L, 0L);
        foreach (var (at, done, ended) in appeals)
        {
            if (at > now) continue;
            var decided = done <= now;
            var excused = !decided && ended <= now && ended <= at + 72;
            if (excused || (!decided && now <= at + 72)) continue;
            occasions++;
            if (!decided || done > at + 72) faults++;
        }
        return (occasions, faults);
    }

    private static ControlBoard Board() => new(Plan, m => m == Police ? Sector.Police : null);

    /// <summary>The record as it stood at an hour.</summary>
    private static OwedInTime Appeal(int n, int at, int? done, int? ended, int asOf)
    {
        return new OwedInTime(DutyControl.UnfrozenInTime, $"appeal:A-{n}", Police, Hour(at)!.Value, null, Hour(done), Hour(ended));

        Instant? Hour(int? hour) => hour <= asOf ? Start + TimeSpan.FromHours(hour.Value) : null;
    }

    private static (long Occasions, long Faults) Counted(ControlBoard board) =>
        board.Read(new ControlSubject(Duty, Police, null), Start - TimeSpan.FromDays(1), Instant.Max) is var reading ? (reading.Occasions, reading.Faults) : default;
}
