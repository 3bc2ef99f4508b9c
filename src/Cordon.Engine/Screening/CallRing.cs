using System.Text;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>A call without its texts. Packed by hand: a ring holds a million.</summary>
/// <param name="At">Microseconds since the epoch.</param>
/// <param name="Caller">Digits.</param>
/// <param name="Callee">Digits.</param>
/// <param name="Device">The IMEI, or -1.</param>
/// <param name="Texts">Where its id and trunk begin, counted over all texts ever kept.</param>
/// <param name="Seconds">Seconds of talk.</param>
/// <param name="Told">Member, origin, phase and whether roaming was proven.</param>
internal readonly record struct CallRow(long At, long Caller, long Callee, long Device, long Texts, int Seconds, int Told)
{
    private const int RoamsBit = 1;
    private const int OriginAt = 1;
    private const int PhaseAt = 3;
    private const int MemberAt = 5;

    /// <summary>The phase of an end that was joined with its set-up: it is a call no more, but its place in the chains stays.</summary>
    public const CallPhase Joined = (CallPhase)0b11;

    public CallPhase Phase => (CallPhase)(Told >> PhaseAt & 0b11);

    public CallOrigin Origin => (CallOrigin)(Told >> OriginAt & 0b11);

    public int Member => Told >> MemberAt;

    public bool Roams => (Told & RoamsBit) != 0;

    public static int ToldOf(Call call, int member, CallPhase phase) =>
        (call.RoamingProven ? RoamsBit : 0) | ((int)call.Origin << OriginAt) | ((int)phase << PhaseAt) | (member << MemberAt);

    /// <summary>The same call with another phase and length.</summary>
    public CallRow As(CallPhase phase, int seconds) => this with { Seconds = seconds, Told = (Told & ~(0b11 << PhaseAt)) | ((int)phase << PhaseAt) };
}

/// <summary>
/// The newest calls by arrival, each by its running number, with their texts in a ring of bytes beside them. What is older than either
/// ring reaches is gone; nothing is ever moved or freed, so taking a call costs the same whatever is kept.
/// Room comes in pages as it is first used.
/// </summary>
internal sealed class CallRing
{
    private const int PageRows = 1_024;
    private const int PageBytes = 1 << 15;

    // Of ids and trunks of some dozen characters; where they are longer, fewer calls are kept.
    private const int TextsEach = 32;

    private readonly MemberTable members;
    private readonly CallRow[]?[] rows;
    private readonly byte[]?[] texts;
    private readonly int size;
    private readonly long textBytes;
    private long textsWritten;

    public CallRing(int size, MemberTable members)
    {
        this.members = members;
        this.size = size;
        rows = new CallRow[]?[(size + PageRows - 1) / PageRows];
        // The page that is written next is being overwritten: one more than are counted on.
        texts = new byte[]?[Math.Max(1, (int)((long)size * TextsEach / PageBytes)) + 1];
        textBytes = (texts.Length - 1) * (long)PageBytes;
    }

    /// <summary>The running number of the oldest call kept.</summary>
    public long First { get; private set; }

    /// <summary>The running number of the next call.</summary>
    public long Next { get; private set; }

    /// <summary>The row of a call that is kept.</summary>
    public ref CallRow this[long call] => ref rows[(int)(call & (size - 1)) / PageRows]![(int)(call & (size - 1)) % PageRows];

    /// <summary>Keeps a call, and tells its running number.</summary>
    public long Add(Call call, CallPhase phase)
    {
        var at = Write(call.Id.Text, call.Trunk?.Name);
        var number = Next++;
        rows[(int)(number & (size - 1)) / PageRows] ??= new CallRow[Math.Min(size, PageRows)];
        this[number] = new CallRow(
            call.At.Micros, call.Caller.Digits, call.Callee.Digits, call.Device?.Imei ?? -1, at, call.DurationSeconds,
            CallRow.ToldOf(call, members.Intern(call.Member), phase));
        Forget();
        return number;
    }

    /// <summary>A call that is kept, as it was told.</summary>
    public Call Of(long number)
    {
        ref readonly var row = ref this[number];
        var id = TextAt(row.Texts);
        var trunk = TextAt(row.Texts + 1 + id.Length);
        return new Call(
            new SignalId(Encoding.ASCII.GetString(id)), members[row.Member], new Instant(row.At), new PhoneNumber(row.Caller), new PhoneNumber(row.Callee), row.Origin,
            row.Roams, trunk.IsEmpty ? null : new Trunk(Encoding.ASCII.GetString(trunk)), row.Device < 0 ? null : new Device(row.Device), row.Seconds, row.Phase);
    }

    public void Save(SnapshotWriter to)
    {
        to.Number(size);
        to.Number(First);
        to.Number(Next);
        to.Number(textsWritten);
        for (var call = First; call < Next; call++) to.Column<CallRow>([this[call]]);
        for (var at = FirstText; at < textsWritten;)
        {
            var piece = Math.Min(textsWritten - at, PageBytes - (at % PageBytes));
            to.Column<byte>(Page(at)!.AsSpan((int)(at % PageBytes), (int)piece));
            at += piece;
        }
    }

    /// <summary>Fills an empty ring.</summary>
    public void Load(ref SnapshotReader from)
    {
        if (from.Count(int.MaxValue) != size) throw new FormatException("A snapshot keeps another number of calls.");
        (First, Next, textsWritten) = (from.Number(), from.Number(), from.Number());
        if (First < 0 || Next < First || Next - First > size || textsWritten < 0) throw Astray();
        var one = new CallRow[1];
        for (var call = First; call < Next; call++)
        {
            from.Column<CallRow>(one);
            (rows[(int)(call & (size - 1)) / PageRows] ??= new CallRow[Math.Min(size, PageRows)])[(int)(call & (size - 1)) % PageRows] = one[0];
        }
        if (FirstText < 0 || FirstText > textsWritten || textsWritten - FirstText > textBytes) throw Astray();
        for (var at = FirstText; at < textsWritten;)
        {
            var piece = Math.Min(textsWritten - at, PageBytes - (at % PageBytes));
            from.Column<byte>(Room(at).AsSpan((int)(at % PageBytes), (int)piece));
            at += piece;
        }
        Check();
    }

    private static FormatException Astray() => new("A snapshot's calls lead astray.");

    private long FirstText => First < Next ? this[First].Texts : textsWritten;

    // Every call's texts must lie whole between the oldest and the end, or reading it would leave the ring.
    private void Check()
    {
        var before = FirstText;
        for (var call = First; call < Next; call++)
        {
            ref readonly var row = ref this[call];
            if (row.Texts < before || row.Texts >= textsWritten || row.Member < 0 || row.Member >= members.Count || row.Origin > CallOrigin.InternationalTrunk) throw Astray();
            var id = Page(row.Texts)![(int)(row.Texts % PageBytes)];
            var trunkAt = row.Texts + 1 + id;
            if (row.Texts % PageBytes + 1 + id >= PageBytes || trunkAt >= textsWritten) throw Astray();
            before = trunkAt + 1 + Page(trunkAt)![(int)(trunkAt % PageBytes)];
            if (trunkAt % PageBytes + (before - trunkAt) > PageBytes || before > textsWritten) throw Astray();
        }
    }

    private void Forget()
    {
        First = Math.Max(First, Next - size);
        while (First < Next && textsWritten - this[First].Texts > textBytes) First++;
    }

    private long Write(string id, string? trunk)
    {
        var length = 2 + id.Length + (trunk?.Length ?? 0);
        // Texts of one call never lie across two pages.
        if ((textsWritten % PageBytes) + length > PageBytes) textsWritten += PageBytes - (textsWritten % PageBytes);
        var at = textsWritten;
        var room = Room(at).AsSpan((int)(at % PageBytes), length);
        room[0] = (byte)id.Length;
        Encoding.ASCII.GetBytes(id, room[1..]);
        room[1 + id.Length] = (byte)(trunk?.Length ?? 0);
        Encoding.ASCII.GetBytes(trunk ?? "", room[(2 + id.Length)..]);
        textsWritten += length;
        return at;
    }

    private ReadOnlySpan<byte> TextAt(long at)
    {
        var page = Page(at)!;
        var start = (int)(at % PageBytes);
        return page.AsSpan(start + 1, page[start]);
    }

    private byte[]? Page(long at) => texts[(int)(at / PageBytes % texts.Length)];

    private byte[] Room(long at) => texts[(int)(at / PageBytes % texts.Length)] ??= new byte[PageBytes];
}
