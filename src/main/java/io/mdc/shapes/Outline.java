package io.mdc.shapes;

/** A plane figure as a signed distance: negative inside, about −1 at most in depth, positive outside. */
@FunctionalInterface
interface Outline {
    /** The signed distance of a point; exact near the boundary, at least of the right sign elsewhere. */
    double distance(double x, double y);

    static Outline disc(double centreX, double centreY, double radius) {
        return (x, y) -> length(x - centreX, y - centreY) - radius;
    }

    /** The rectangle with the given centre and half sides. */
    static Outline box(double centreX, double centreY, double halfWidth, double halfHeight) {
        return (x, y) -> {
            double dx = Math.abs(x - centreX) - halfWidth;
            double dy = Math.abs(y - centreY) - halfHeight;
            return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
        };
    }

    /** A simple polygon, its corners given as x, y, x, y, … in order. */
    static Outline polygon(double... corners) {
        int n = corners.length / 2;
        return (x, y) -> {
            double nearest = Double.MAX_VALUE;
            boolean inside = false;
            for (int i = 0, j = n - 1; i < n; j = i++) {
                double edgeX = corners[2 * j] - corners[2 * i];
                double edgeY = corners[2 * j + 1] - corners[2 * i + 1];
                double px = x - corners[2 * i];
                double py = y - corners[2 * i + 1];
                double along = (px * edgeX + py * edgeY) / (edgeX * edgeX + edgeY * edgeY);
                double t = Math.min(1, Math.max(0, along));
                double dx = px - edgeX * t;
                double dy = py - edgeY * t;
                nearest = Math.min(nearest, dx * dx + dy * dy);
                boolean straddles = py < 0 != py < edgeY;
                if (straddles && (px * edgeY - py * edgeX < 0) == (edgeY > 0)) {
                    inside = !inside;
                }
            }
            double distance = Math.sqrt(nearest);
            return inside ? -distance : distance;
        };
    }

    /**
     * A polygon whose corners lie on circles around the origin, alternating between the given radii, the first on top.
     */
    static Outline star(int corners, double... radii) {
        double[] points = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * StrictMath.PI * i / corners;
            points[2 * i] = radii[i % radii.length] * StrictMath.sin(angle);
            points[2 * i + 1] = -radii[i % radii.length] * StrictMath.cos(angle);
        }
        return polygon(points);
    }

    default Outline or(Outline other) {
        return (x, y) -> Math.min(distance(x, y), other.distance(x, y));
    }

    default Outline without(Outline other) {
        return (x, y) -> Math.max(distance(x, y), -other.distance(x, y));
    }

    /** This figure turned clockwise about the origin, stretched along its own axes and moved. */
    default Outline placed(double centreX, double centreY, double scaleX, double scaleY, double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double scale = Math.sqrt(scaleX * scaleY);
        return (x, y) -> {
            double dx = x - centreX;
            double dy = y - centreY;
            return scale * distance((cos * dx + sin * dy) / scaleX, (cos * dy - sin * dx) / scaleY);
        };
    }

    private static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }
}
