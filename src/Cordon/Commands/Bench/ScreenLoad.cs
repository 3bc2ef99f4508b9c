using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Commands.Bench;

/// <summary>A stream of mixed signals among so many people, the same for the same seed: calls, messages, transfers, lines, accounts and page visits.</summary>
internal sealed class ScreenLoad
{
    private const int Banks = 12;
    private const int Operators = 3;
    private const long FirstInstant = 1_772_000_000_000_000;
    private const long FirstNumber = 8_613_000_000_000;
    private const long FirstDevice = 35_000_000_000_000;

    private readonly MemberCode[] banks = [.. Enumerable.Range(0, Banks).Select(i => MemberCode.Parse($"bank-{i}"))];
    private readonly MemberCode[] operators = [.. Enumerable.Range(0, Operators).Select(i => MemberCode.Parse($"telco-{i}"))];
    private readonly AccountNumber[] accounts;
    private readonly int people;
    private ulong state;
    private long told;
    private long clock = FirstInstant;

    /// <param name="people">How many people; each has a line, a handset and an account.</param>
    /// <param name="seed">Where chance begins.</param>
    public ScreenLoad(int people, ulong seed)
    {
        (this.people, state) = (people, seed);
        accounts = [.. Enumerable.Range(0, people).Select(i => new AccountNumber(banks[i % Banks], $"6222{i:D12}"))];
    }

    /// <summary>Fills a batch with the next signals.</summary>
    public void Fill(Span<EngineRecord> batch)
    {
        foreach (ref var record in batch) record = new SignalAccepted(Next());
    }

    private Signal Next()
    {
        clock += 20_000;
        var (id, at) = (new SignalId($"s{told++}"), new Instant(clock));
        var operatorCode = operators[Draw(Operators)];
        var (one, other) = (Draw(people), Draw(people));
        return Draw(100) switch
        {
            < 45 => new Call(id, operatorCode, at, Line(one), Line(other), CallOrigin.Domestic, false, null, new Device(FirstDevice + one), Draw(300)),
            < 60 => new Message(id, operatorCode, at, Line(one), Line(other), null),
            < 64 => new Subscription(id, operators[one % Operators], at, Line(one), LineKind.Mobile, IdentityCheck.Verified, Person(one), $"agent-{one % 5000}", null),
            < 67 => new AccountOpening(id, banks[one % Banks], at, accounts[one], AccountKind.Personal, IdentityCheck.Verified, Person(one), null, Line(one), "b1"),
            < 97 => new Transfer(id, banks[one % Banks], at, accounts[one], accounts[other], new Amount(1 + Draw(500_000), Currency.Cny), TransferMeans.Account, null),
            _ => new WebVisit(id, operatorCode, at, Line(one), new Domain("a.example")),
        };
    }

    private static PhoneNumber Line(int person) => new(FirstNumber + person);

    private static PersonToken Person(int person) => new(1, (UInt128)(person + 1));

    // SplitMix64: the same on every machine, and quick.
    private int Draw(int below)
    {
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)below);
        }
    }
}
