using System.Buffers;
using System.IO.Pipelines;
using Cordon.Gateways.Intake;

namespace Cordon.Api;

/// <summary>A body of NDJSON, taken line by line as it comes in; memory is bounded whatever is sent.</summary>
internal abstract class NdJsonBody
{
    /// <summary>Lines of a batch at most.</summary>
    public const int MostLines = 5_000;

    private int line;
    private bool cutting;

    /// <summary>Lines that were not blank.</summary>
    public int Filled { get; private set; }

    /// <summary>Reads the lines; false where there are more than a batch may have.</summary>
    public async Task<bool> ReadAsync(PipeReader body, CancellationToken cancel)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancel);
            var rest = read.Buffer;
            var fits = true;
            while (fits && rest.PositionOf((byte)'\n') is { } end)
            {
                fits = Take(rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            if (fits && read.IsCompleted) fits = rest.IsEmpty || Take(rest);
            // A line without an end must not fill the memory; its head is enough to say that it is too long.
            else if (rest.Length > 2 * Door.MaxLineBytes) rest = Cut(rest);
            body.AdvanceTo(read.IsCompleted ? read.Buffer.End : rest.Start, read.Buffer.End);
            if (!fits || read.IsCompleted) return fits;
        }
    }

    /// <summary>Takes one line that is not blank.</summary>
    protected abstract void Take(int number, ReadOnlySpan<byte> text);

    /// <summary>Refuses one line.</summary>
    protected abstract void Refuse(int number, IntakeFault fault);

    private bool Take(ReadOnlySequence<byte> text)
    {
        line++;
        if (cutting)
        {
            cutting = false;
            return true;
        }
        var bytes = (text.IsSingleSegment ? text.FirstSpan : text.ToArray()).TrimEnd((byte)'\r');
        if (bytes.Trim(" \t"u8).IsEmpty) return true;
        if (++Filled > MostLines) return false;
        Take(line, bytes);
        return true;
    }

    /// <summary>Drops the head of a line that is far too long; what follows up to its end is dropped too.</summary>
    private ReadOnlySequence<byte> Cut(ReadOnlySequence<byte> text)
    {
        if (!cutting)
        {
            Filled++;
            Refuse(line + 1, new IntakeFault("", IntakeReason.LineTooLong, $"A line has at most {Door.MaxLineBytes} bytes."));
        }
        cutting = true;
        return text.Slice(text.End);
    }
}
