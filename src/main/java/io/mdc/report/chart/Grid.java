package io.mdc.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Squares in rows and columns, each with a text and a state, such as selections over time.
 *
 * @param title above them
 * @param xTitle below
 * @param yTitle what rows are
 * @param columns texts below the columns; copied
 * @param rows texts beside the rows, from the top; copied
 * @param squares by row, then by column; copied
 * @param legend what states mean, one each; copied
 * @param theme colours
 */
public record Grid(
        String title,
        String xTitle,
        String yTitle,
        List<String> columns,
        List<String> rows,
        List<List<Square>> squares,
        List<Key> legend,
        Theme theme)
        implements Picture {
    private static final int SIDE = 26;
    private static final int LEFT = 110;
    private static final int TOP = 50;
    private static final int BELOW = 88;
    private static final int NARROWEST = 420;
    private static final int FONT = 12;
    private static final int TITLE_FONT = 15;
    private static final int HATCH = 6;

    /** How a square is drawn. */
    public enum State {
        /** Nothing in it. */
        EMPTY,
        /** Coloured. */
        FILLED,
        /** Coloured faintly, and hatched. */
        HATCHED
    }

    /**
     * A square.
     *
     * @param text in it, perhaps none
     * @param strength from 0 to 1 of the colour
     */
    public record Square(String text, State state, double strength) {}

    /** What a state means. */
    public record Key(State state, String meaning) {}

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there are not as many squares as rows and columns have
     */
    public Grid {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        squares = squares.stream().map(List::copyOf).toList();
        legend = List.copyOf(legend);
        int wide = columns.size();
        if (squares.size() != rows.size() || squares.stream().anyMatch(row -> row.size() != wide)) {
            throw new IllegalArgumentException(squares.size() + " rows of squares for " + rows.size() + " rows");
        }
    }

    @Override
    public int width() {
        return Math.max(NARROWEST, LEFT + columns.size() * SIDE + 20);
    }

    @Override
    public int height() {
        return TOP + rows.size() * SIDE + BELOW;
    }

    @Override
    public void paint(Graphics2D to) {
        to.setColor(theme.background());
        to.fill(new Rectangle2D.Double(0, 0, width(), height()));
        text(to, title, LEFT, TOP - 22, TITLE_FONT);
        text(to, yTitle, 12, TOP - 8, FONT);
        for (int row = 0; row < rows.size(); row++) {
            text(to, rows.get(row), 12, TOP + row * SIDE + 17, FONT);
            for (int column = 0; column < columns.size(); column++) {
                square(to, squares.get(row).get(column), LEFT + column * SIDE, TOP + row * SIDE);
            }
        }
        int bottom = TOP + rows.size() * SIDE;
        int every = 1 + (columns.size() - 1) / Math.max(1, columns.size() * SIDE / 40);
        for (int column = 0; column < columns.size(); column += every) {
            text(to, columns.get(column), LEFT + column * SIDE + 3, bottom + 16, FONT - 2);
        }
        text(to, xTitle, LEFT, bottom + 36, FONT);
        int x = LEFT;
        for (Key key : legend) {
            square(to, new Square("", key.state(), 1), x, bottom + 50);
            text(to, key.meaning(), x + SIDE + 6, bottom + 67, FONT);
            x += SIDE + 26 + 7 * key.meaning().length();
        }
    }

    private void text(Graphics2D to, String text, int x, int y, int size) {
        to.setColor(theme.foreground());
        to.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        to.drawString(text, x, y);
    }

    private void square(Graphics2D to, Square square, int x, int y) {
        Rectangle2D place = new Rectangle2D.Double(x + 1, y + 1, SIDE - 2, SIDE - 2);
        to.setColor(mixed(square));
        to.fill(place);
        to.setColor(theme.grid());
        to.setStroke(new BasicStroke(1));
        to.draw(place);
        if (square.state() == State.HATCHED) {
            hatch(to, place);
        }
        if (!square.text().isEmpty()) {
            text(to, square.text(), x + SIDE / 2 - 4 * square.text().length(), y + 17, FONT - 1);
        }
    }

    private Color mixed(Square square) {
        double share =
                switch (square.state()) {
                    case EMPTY -> 0;
                    case FILLED -> square.strength();
                    case HATCHED -> square.strength() / 4;
                };
        float[] back = theme.background().getRGBColorComponents(null);
        float[] front = theme.series(0).getRGBColorComponents(null);
        float[] mixed = new float[back.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (float) (back[i] + share * (front[i] - back[i]));
        }
        return new Color(mixed[0], mixed[1], mixed[2]);
    }

    private void hatch(Graphics2D to, Rectangle2D place) {
        Shape before = to.getClip();
        to.clip(place);
        to.setColor(theme.series(1));
        for (int d = 0; d < 2 * SIDE; d += HATCH) {
            to.draw(new Line2D.Double(place.getX() + d - SIDE, place.getMaxY(), place.getX() + d, place.getY()));
        }
        to.setClip(before);
    }
}
